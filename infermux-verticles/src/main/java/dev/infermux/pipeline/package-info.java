/**
 * The line of stages that every call passes, and the verticle that runs it. Only the assembly may
 * import it.
 */
@NullMarked
package dev.infermux.pipeline;

import org.jspecify.annotations.NullMarked;
