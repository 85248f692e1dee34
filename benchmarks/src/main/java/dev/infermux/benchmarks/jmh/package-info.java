/**
 * JMH benchmarks of the codec and of a call's way through the router.
 *
 * <p>Imported by nobody; {@code jmh.sh} runs them.
 */
@NullMarked
package dev.infermux.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
