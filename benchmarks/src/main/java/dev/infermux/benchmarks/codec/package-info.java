/**
 * JMH benchmarks of the envelope and its event-bus codec.
 *
 * <p>Imported by nobody; {@code jmh.sh} runs them.
 */
@NullMarked
package dev.infermux.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
