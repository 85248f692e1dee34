/**
 * The stages that every call passes, and the verticle that runs them. Only the assembly imports it.
 */
@NullMarked
package dev.infermux.pipeline;

import org.jspecify.annotations.NullMarked;
