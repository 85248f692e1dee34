/**
 * The stages that every call passes, and the verticle that runs them. Only the assembly imports it.
 * Internal.
 */
@NullMarked
package dev.infermux.pipeline;

import org.jspecify.annotations.NullMarked;
