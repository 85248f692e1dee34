package dev.infermux.policy.circuit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a provider's circuit opens and how it closes again.
 *
 * @param errorRateThreshold share of failures in the window, 0 to 1, above which it opens
 * @param consecutiveFailures failures in a row at which it opens
 * @param latencyP95 95th percentile above which it opens; null = not watched
 * @param minRequests samples the window needs before rate or latency count
 * @param recoveryWindow how long it stays open the first time
 * @param recoveryBackoffMultiplier by which each further wait grows; 1.0 = not at all
 */
public record CircuitOptions(
    double errorRateThreshold,
    int consecutiveFailures,
    @Nullable Duration latencyP95,
    Duration window,
    int minRequests,
    Duration recoveryWindow,
    Duration probeTimeout,
    double recoveryBackoffMultiplier,
    Duration recoveryBackoffMax,
    boolean treatRateLimitAsError) {

  private static final CircuitOptions DEFAULTS = new CircuitOptionsBuilder().build();

  public static CircuitOptions defaults() {
    return DEFAULTS;
  }

  public static CircuitOptionsBuilder builder() {
    return new CircuitOptionsBuilder();
  }

  /**
   * How long the circuit stays open after so many failed probes in a row: the recovery window,
   * multiplied for each, at most {@code recoveryBackoffMax}, but never less than the window itself.
   */
  public Duration recoveryWait(int failedProbes) {
    double grown = recoveryWindow.toMillis() * Math.pow(recoveryBackoffMultiplier, failedProbes);
    double longest = Math.max(recoveryBackoffMax.toMillis(), recoveryWindow.toMillis());
    return Duration.ofMillis((long) Math.min(grown, longest));
  }
}
