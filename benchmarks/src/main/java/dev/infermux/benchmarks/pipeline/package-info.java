/**
 * JMH benchmarks of a call's way through the router.
 *
 * <p>Imported by nobody; {@code jmh.sh} runs them.
 */
@NullMarked
package dev.infermux.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
