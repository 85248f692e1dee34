/**
 * Chooses the next provider of a call: the routing policy, applied to the registry and the
 * providers' state. The pipeline, operations and the assembly import it. Internal.
 */
@NullMarked
package dev.infermux.pipeline.selection;

import org.jspecify.annotations.NullMarked;
