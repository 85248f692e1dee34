/**
 * Gives answers the model name that the caller used ({@code routing.response_model: requested}).
 * Imported by the pipeline alone.
 */
@NullMarked
package dev.infermux.pipeline.naming;

import org.jspecify.annotations.NullMarked;
