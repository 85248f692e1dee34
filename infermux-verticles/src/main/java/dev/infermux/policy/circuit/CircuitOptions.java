package dev.infermux.policy.circuit;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a provider's circuit opens and how it closes again.
 *
 * @param scope what one circuit stands for
 * @param errorRateThreshold share of failures in the window, 0 to 1, above which it opens
 * @param consecutiveFailures failures in a row at which it opens
 * @param latencyP95 95th percentile above which it opens; null = not watched
 * @param minRequests samples the window needs before rate or latency count
 * @param recoveryWindow how long it stays open the first time
 * @param recoveryBackoffMultiplier by which each further wait grows; 1.0 = not at all
 */
public record CircuitOptions(
    CircuitScope scope,
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

  private static final CircuitOptions DEFAULTS =
      new CircuitOptions(
          CircuitScope.PROVIDER,
          0.5,
          5,
          null,
          Duration.ofSeconds(60),
          10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          1.0,
          Duration.ofMinutes(10),
          false);

  public static CircuitOptions defaults() {
    return DEFAULTS;
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

  public CircuitOptions withScope(CircuitScope scope) {
    return with(copy -> copy.scope = scope);
  }

  public CircuitOptions withErrorRateThreshold(double errorRateThreshold) {
    return with(copy -> copy.errorRateThreshold = errorRateThreshold);
  }

  public CircuitOptions withConsecutiveFailures(int consecutiveFailures) {
    return with(copy -> copy.consecutiveFailures = consecutiveFailures);
  }

  public CircuitOptions withLatencyP95(@Nullable Duration latencyP95) {
    return with(copy -> copy.latencyP95 = latencyP95);
  }

  public CircuitOptions withWindow(Duration window) {
    return with(copy -> copy.window = window);
  }

  public CircuitOptions withMinRequests(int minRequests) {
    return with(copy -> copy.minRequests = minRequests);
  }

  public CircuitOptions withRecoveryWindow(Duration recoveryWindow) {
    return with(copy -> copy.recoveryWindow = recoveryWindow);
  }

  public CircuitOptions withProbeTimeout(Duration probeTimeout) {
    return with(copy -> copy.probeTimeout = probeTimeout);
  }

  public CircuitOptions withRecoveryBackoffMultiplier(double recoveryBackoffMultiplier) {
    return with(copy -> copy.recoveryBackoffMultiplier = recoveryBackoffMultiplier);
  }

  public CircuitOptions withRecoveryBackoffMax(Duration recoveryBackoffMax) {
    return with(copy -> copy.recoveryBackoffMax = recoveryBackoffMax);
  }

  public CircuitOptions withTreatRateLimitAsError(boolean treatRateLimitAsError) {
    return with(copy -> copy.treatRateLimitAsError = treatRateLimitAsError);
  }

  private CircuitOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private CircuitScope scope;
    private double errorRateThreshold;
    private int consecutiveFailures;
    private @Nullable Duration latencyP95;
    private Duration window;
    private int minRequests;
    private Duration recoveryWindow;
    private Duration probeTimeout;
    private double recoveryBackoffMultiplier;
    private Duration recoveryBackoffMax;
    private boolean treatRateLimitAsError;

    Copy(CircuitOptions from) {
      scope = from.scope;
      errorRateThreshold = from.errorRateThreshold;
      consecutiveFailures = from.consecutiveFailures;
      latencyP95 = from.latencyP95;
      window = from.window;
      minRequests = from.minRequests;
      recoveryWindow = from.recoveryWindow;
      probeTimeout = from.probeTimeout;
      recoveryBackoffMultiplier = from.recoveryBackoffMultiplier;
      recoveryBackoffMax = from.recoveryBackoffMax;
      treatRateLimitAsError = from.treatRateLimitAsError;
    }

    CircuitOptions options() {
      return new CircuitOptions(
          scope,
          errorRateThreshold,
          consecutiveFailures,
          latencyP95,
          window,
          minRequests,
          recoveryWindow,
          probeTimeout,
          recoveryBackoffMultiplier,
          recoveryBackoffMax,
          treatRateLimitAsError);
    }
  }
}
