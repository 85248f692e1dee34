package dev.infermux.operations;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.GatewayStatus;
import dev.infermux.inbound.management.view.GatewayView;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inference.Exclusion;
import dev.infermux.mist.HealthPong;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gateway as a whole: its figures, and whether it should be sent calls. */
public final class GatewayService implements GatewayView {

  private final Supplier<HealthPong> self;
  private final Lifecycle lifecycle;
  private final Registry registry;
  private final RecentCalls recent;
  private final GatewayFacts facts;

  /**
   * @param self gives version and uptime
   */
  public GatewayService(
      Supplier<HealthPong> self,
      Lifecycle lifecycle,
      Registry registry,
      RecentCalls recent,
      GatewayFacts facts) {
    this.self = self;
    this.lifecycle = lifecycle;
    this.registry = registry;
    this.recent = recent;
    this.facts = facts;
  }

  /** Shows to a scrape whether it should be sent calls. */
  public GatewayService register(Metrics metrics) {
    metrics.gauge(
        "infermux_ready",
        "1 while calls should be sent here, as GET ready says, else 0.",
        () -> readiness().ready() ? 1 : 0);
    return this;
  }

  @Override
  public GatewayStatus status() {
    HealthPong pong = self.get();
    List<ProviderState> states = registry.snapshot().states();
    int healthy = (int) states.stream().filter(state -> state.health().healthy()).count();
    return new GatewayStatus(
        pong.version(),
        pong.uptimeS(),
        healthy,
        states.size(),
        recent.total(),
        recent.lastMinute(),
        recent.errorsLastMinute(),
        facts.inFlight().getAsInt(),
        Math.round(facts.lagSeconds().getAsDouble() * 1000),
        facts.transport(),
        facts.traceUrl());
  }

  @Override
  public Readiness readiness() {
    return switch (lifecycle.phase()) {
      case STARTING -> Readiness.not("starting");
      case DRAINING -> Readiness.not("draining, no new calls are wanted");
      case SERVING -> usable();
    };
  }

  private Readiness usable() {
    String obstacle = lifecycle.obstacle();
    if (!obstacle.isEmpty()) {
      return Readiness.not(obstacle);
    }
    List<ProviderState> states = registry.snapshot().states();
    if (states.stream().anyMatch(state -> obstacle(state) == null)) {
      return Readiness.READY;
    }
    if (states.isEmpty()) {
      return Readiness.not("no provider is usable: there is none");
    }
    return Readiness.not(
        states.stream()
            .map(state -> state.provider() + " (" + obstacle(state) + ")")
            .collect(Collectors.joining(", ", "no provider is usable: ", "")));
  }

  /**
   * A provider at its rate limit or with a probe under way is usable: others wait a moment, and a
   * balancer that took the gateway out for that would only flap. So is one whose health check
   * fails: it is asked all the same when there is nobody else.
   */
  private static @Nullable String obstacle(ProviderState state) {
    return state.circuits().allOpen() ? Exclusion.CIRCUIT_OPEN.wireName() : null;
  }
}
