/**
 * What a program pays that embeds InferMux: CPU time of a call, over HTTP and over gRPC, and the
 * time from {@code create} to the first answer.
 *
 * <p>No package imports it; {@code library.sh} runs it.
 */
@NullMarked
package dev.infermux.benchmarks.library;

import org.jspecify.annotations.NullMarked;
