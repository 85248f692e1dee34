/**
 * A provider that costs little: OpenAI's chat dialect with fixed answers and paced streams, and a
 * sink for spans.
 *
 * <p>No package imports it: the load run starts it as a process of its own.
 */
@NullMarked
package dev.infermux.benchmarks.mock;

import org.jspecify.annotations.NullMarked;
