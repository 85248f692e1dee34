package dev.infermux.inference.record;

import dev.infermux.inference.Chunks;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Translation;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as it ended.
 *
 * @param kind null when it succeeded
 * @param status the provider's HTTP status; 0 when there was none
 * @param spanId the attempt's W3C span id, 16 hex digits; empty when nothing is traced
 * @param chunks the pieces in which the content of its stream came
 * @param droppedChunks malformed chunks of its stream that were left out
 * @param translation what became of the request on its way to the provider
 * @param charge null when the provider charged nothing; the call's usage and cost are the sums
 */
public record AttemptRecord(
    String provider,
    String model,
    @Nullable FailureClass kind,
    int status,
    String message,
    long startedEpochNanos,
    long durationNanos,
    String spanId,
    Chunks chunks,
    int droppedChunks,
    Translation translation,
    @Nullable AttemptCost charge) {}
