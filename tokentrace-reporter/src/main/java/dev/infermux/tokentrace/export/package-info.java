/**
 * Carries finished spans off the requests' threads and to each sink, bounded and counted. Sinks and
 * the assembly import it; it imports spans only.
 */
@NullMarked
package dev.infermux.tokentrace.export;

import org.jspecify.annotations.NullMarked;
