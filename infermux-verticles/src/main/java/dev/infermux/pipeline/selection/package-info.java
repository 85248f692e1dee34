/**
 * Who is asked next: the routing policy, applied to the registry and to how its providers stand.
 * Imported by the pipeline and the assembly.
 */
@NullMarked
package dev.infermux.pipeline.selection;

import org.jspecify.annotations.NullMarked;
