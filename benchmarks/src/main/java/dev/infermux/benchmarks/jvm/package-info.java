/**
 * Looks into the JVM of a gateway that runs beside: garbage, pauses, what lives in its heap, and
 * where it allocates. The load run imports it.
 */
@NullMarked
package dev.infermux.benchmarks.jvm;

import org.jspecify.annotations.NullMarked;
