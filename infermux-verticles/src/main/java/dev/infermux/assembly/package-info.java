/**
 * Builds an InferMux of its parts, and starts and ends it. It may import every other package but
 * the face and the command line; the face alone imports it. Internal.
 */
@NullMarked
package dev.infermux.assembly;

import org.jspecify.annotations.NullMarked;
