package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/**
 * What a stream turned out to be, known only at its end.
 *
 * @param model the model the provider says it used; empty when it did not say
 * @param usage what the provider reported, or null
 * @param contentChars characters of content relayed, for an estimate where usage is null
 * @param firstTokenNanos {@link System#nanoTime()} at the first content; 0 when none came
 * @param droppedChunks malformed ones that were left out
 * @param failure null when the stream is whole
 */
public record StreamSummary(
    String model,
    @Nullable Usage usage,
    @Nullable String finishReason,
    long contentChars,
    long firstTokenNanos,
    int droppedChunks,
    @Nullable Failure failure) {}
