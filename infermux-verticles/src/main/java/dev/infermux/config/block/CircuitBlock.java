package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.CircuitScope;
import java.time.Duration;
import java.util.List;

/** {@code circuit_breaker}: once for all providers, and again where one differs. */
public final class CircuitBlock {
  private static final CircuitOptions DEFAULTS = CircuitOptions.defaults();

  private static final Key<CircuitScope> SCOPE =
      Key.of(
          "scope",
          Choices.of(List.of(CircuitScope.values()), CircuitScope::wireName),
          DEFAULTS.scope(),
          "What one circuit stands for: a provider with all its models, or one of its models.");
  private static final Key<Double> ERROR_RATE_THRESHOLD =
      Key.of(
          "error_rate_threshold",
          Numbers.between(0, 1),
          DEFAULTS.errorRateThreshold(),
          "Share of failed calls in the window above which the circuit opens.");
  private static final Key<Integer> CONSECUTIVE_FAILURES =
      Key.of(
          "consecutive_failures",
          Numbers.whole(1),
          DEFAULTS.consecutiveFailures(),
          "Failures in a row at which the circuit opens.");
  private static final Key<Integer> LATENCY_P95_MS =
      Key.of(
          "latency_p95_ms",
          Numbers.whole(0),
          0,
          "95th percentile in milliseconds above which the circuit opens; 0 = not watched.");
  private static final Key<Integer> WINDOW_SECONDS =
      Key.of(
          "window_seconds",
          Numbers.whole(1),
          (int) DEFAULTS.window().toSeconds(),
          "Length of the sliding window.");
  private static final Key<Integer> MIN_REQUESTS =
      Key.of(
          "min_requests",
          Numbers.whole(1),
          DEFAULTS.minRequests(),
          "Calls the window needs before error rate or latency count.");
  private static final Key<Duration> RECOVERY_WINDOW =
      Key.of(
          "recovery_window",
          Durations.positive(),
          DEFAULTS.recoveryWindow(),
          "How long the circuit stays open before a probe.");
  private static final Key<Duration> PROBE_TIMEOUT =
      Key.of(
          "probe_timeout",
          Durations.positive(),
          DEFAULTS.probeTimeout(),
          "How long the probe may take.");
  private static final Key<Double> RECOVERY_BACKOFF_MULTIPLIER =
      Key.of(
          "recovery_backoff_multiplier",
          Numbers.between(1, 1000),
          DEFAULTS.recoveryBackoffMultiplier(),
          "By which the wait grows after each failed probe; 1.0 = not at all.");
  private static final Key<Duration> RECOVERY_BACKOFF_MAX =
      Key.of(
          "recovery_backoff_max",
          Durations.positive(),
          DEFAULTS.recoveryBackoffMax(),
          "The longest wait.");
  private static final Key<Boolean> TREAT_RATE_LIMIT_AS_ERROR =
      Key.of(
          "treat_rate_limit_as_error",
          Texts.flag(),
          DEFAULTS.treatRateLimitAsError(),
          "Whether a provider's 429 counts as a failure.");

  public static final Block BLOCK =
      Block.of(
          SCOPE,
          ERROR_RATE_THRESHOLD,
          CONSECUTIVE_FAILURES,
          LATENCY_P95_MS,
          WINDOW_SECONDS,
          MIN_REQUESTS,
          RECOVERY_WINDOW,
          PROBE_TIMEOUT,
          RECOVERY_BACKOFF_MULTIPLIER,
          RECOVERY_BACKOFF_MAX,
          TREAT_RATE_LIMIT_AS_ERROR);

  private CircuitBlock() {}

  /** Key by key over the base. */
  public static CircuitOptions read(Fields fields, CircuitOptions base) {
    Duration latency = base.latencyP95() == null ? Duration.ZERO : base.latencyP95();
    int latencyMillis = fields.get(LATENCY_P95_MS, (int) latency.toMillis());
    return CircuitOptions.defaults()
        .withScope(fields.get(SCOPE, base.scope()))
        .withErrorRateThreshold(fields.get(ERROR_RATE_THRESHOLD, base.errorRateThreshold()))
        .withConsecutiveFailures(fields.get(CONSECUTIVE_FAILURES, base.consecutiveFailures()))
        .withLatencyP95(latencyMillis == 0 ? null : Duration.ofMillis(latencyMillis))
        .withWindow(Duration.ofSeconds(fields.get(WINDOW_SECONDS, (int) base.window().toSeconds())))
        .withMinRequests(fields.get(MIN_REQUESTS, base.minRequests()))
        .withRecoveryWindow(fields.get(RECOVERY_WINDOW, base.recoveryWindow()))
        .withProbeTimeout(fields.get(PROBE_TIMEOUT, base.probeTimeout()))
        .withRecoveryBackoffMultiplier(
            fields.get(RECOVERY_BACKOFF_MULTIPLIER, base.recoveryBackoffMultiplier()))
        .withRecoveryBackoffMax(fields.get(RECOVERY_BACKOFF_MAX, base.recoveryBackoffMax()))
        .withTreatRateLimitAsError(
            fields.get(TREAT_RATE_LIMIT_AS_ERROR, base.treatRateLimitAsError()));
  }
}
