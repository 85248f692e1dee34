/**
 * JMH benchmarks of the codec and of a call's way through the router.
 *
 * <p>No package imports it; {@code jmh.sh} runs them.
 */
@NullMarked
package dev.infermux.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
