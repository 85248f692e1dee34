package dev.infermux.operations;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Shows to a scrape how each provider stands. */
public final class ProviderStateGauges {

  private static final String LABEL = "provider";
  private static final double NANOS_PER_SECOND = 1e9;

  private ProviderStateGauges() {}

  public static void register(Metrics metrics, Registry registry) {
    metrics.gauges(
        "infermux_circuit_state",
        "0 closed, 1 half-open, 2 open.",
        LABEL,
        () -> each(registry, any -> true, ProviderStateGauges::circuit));
    metrics.gauges(
        "infermux_provider_healthy",
        "1 unless the last health check failed, then 0.",
        LABEL,
        () -> each(registry, any -> true, state -> state.health().healthy() ? 1 : 0));
    metrics.gauges(
        "infermux_provider_in_flight",
        "Attempts under way at a provider.",
        LABEL,
        () -> each(registry, any -> true, ProviderState::inFlight));
    metrics.gauges(
        "infermux_provider_ewma_latency_seconds",
        "The moving average that least_latency goes by.",
        LABEL,
        () -> each(registry, any -> true, s -> s.latency().answeredNanos() / NANOS_PER_SECOND));
    metrics.gauges(
        "infermux_rate_limit_headroom_rpm",
        "Requests that still fit under a provider's ceiling, where it has one.",
        LABEL,
        () ->
            each(
                registry,
                state -> state.rateLimiter().requestsLeft() != RateLimitOptions.UNLIMITED,
                state -> state.rateLimiter().requestsLeft()));
  }

  /** Numbers of their own, so that no reordering of the states can change a dashboard. */
  private static int circuit(ProviderState provider) {
    CircuitState state = provider.circuits().view().state();
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  private static Map<String, Number> each(
      Registry registry, Predicate<ProviderState> shown, Function<ProviderState, Number> value) {
    Map<String, Number> values = new LinkedHashMap<>();
    for (ProviderState state : registry.snapshot().states()) {
      if (shown.test(state)) {
        values.put(state.provider(), value.apply(state));
      }
    }
    return values;
  }
}
