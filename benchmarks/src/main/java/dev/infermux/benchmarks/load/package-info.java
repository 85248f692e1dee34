/**
 * The load generator: closed loops, open loops, streams, and streams held open.
 *
 * <p>Imported by {@code run} only.
 */
@NullMarked
package dev.infermux.benchmarks.load;

import org.jspecify.annotations.NullMarked;
