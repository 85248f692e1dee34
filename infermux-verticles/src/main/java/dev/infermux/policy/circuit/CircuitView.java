package dev.infermux.policy.circuit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit as it stands.
 *
 * @param samples outcomes in the window
 * @param errorRate share of failures among them, 0 to 1; 0 without samples
 * @param p95LatencyMillis 95th percentile of the successes in the window; 0 without any
 * @param openedAt null while closed
 * @param recoveryAt when it becomes half-open; null unless open
 */
public record CircuitView(
    CircuitState state,
    int samples,
    double errorRate,
    long p95LatencyMillis,
    @Nullable Instant openedAt,
    @Nullable Instant recoveryAt) {}
