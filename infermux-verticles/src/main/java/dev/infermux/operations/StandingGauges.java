package dev.infermux.operations;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.policy.ceiling.CeilingOptions;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Shows to a scrape how each provider stands. */
public final class StandingGauges {

  private static final String LABEL = "provider";
  private static final double NANOS_PER_SECOND = 1e9;

  private StandingGauges() {}

  public static void register(Metrics metrics, Standings standings) {
    metrics.gauges(
        "infermux_circuit_state",
        "0 closed, 1 half-open, 2 open.",
        LABEL,
        () -> each(standings, any -> true, StandingGauges::circuit));
    metrics.gauges(
        "infermux_provider_healthy",
        "1 unless the last health check failed, then 0.",
        LABEL,
        () -> each(standings, any -> true, standing -> standing.health().healthy() ? 1 : 0));
    metrics.gauges(
        "infermux_provider_in_flight",
        "Attempts under way at a provider.",
        LABEL,
        () -> each(standings, any -> true, Standing::inFlight));
    metrics.gauges(
        "infermux_provider_ewma_latency_seconds",
        "The moving average that least_latency goes by.",
        LABEL,
        () -> each(standings, any -> true, s -> s.latency().measuredNanos() / NANOS_PER_SECOND));
    metrics.gauges(
        "infermux_rate_limit_headroom_rpm",
        "Requests that still fit under a provider's ceiling, where it has one.",
        LABEL,
        () ->
            each(
                standings,
                standing -> standing.ceiling().requestsLeft() != CeilingOptions.UNLIMITED,
                standing -> standing.ceiling().requestsLeft()));
  }

  /** Numbers of their own, so that no reordering of the states can change a dashboard. */
  private static int circuit(Standing standing) {
    CircuitState state = standing.circuit().view().state();
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  private static Map<String, Number> each(
      Standings standings, Predicate<Standing> shown, Function<Standing, Number> value) {
    Map<String, Number> values = new LinkedHashMap<>();
    for (Standing standing : standings.all()) {
      if (shown.test(standing)) {
        values.put(standing.provider(), value.apply(standing));
      }
    }
    return values;
  }
}
