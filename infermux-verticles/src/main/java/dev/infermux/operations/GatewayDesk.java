package dev.infermux.operations;

import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.GatewayStatus;
import dev.infermux.inbound.management.view.GatewayView;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inference.Exclusion;
import dev.infermux.mist.HealthPong;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gateway as a whole: its figures, and whether it should be sent calls. */
public final class GatewayDesk implements GatewayView {

  private final Supplier<HealthPong> self;
  private final Lifecycle lifecycle;
  private final Standings standings;
  private final RecentCalls recent;

  /**
   * @param self tells version and uptime
   */
  public GatewayDesk(
      Supplier<HealthPong> self, Lifecycle lifecycle, Standings standings, RecentCalls recent) {
    this.self = self;
    this.lifecycle = lifecycle;
    this.standings = standings;
    this.recent = recent;
  }

  @Override
  public GatewayStatus status() {
    HealthPong pong = self.get();
    int healthy =
        (int) standings.all().stream().filter(standing -> standing.health().healthy()).count();
    return new GatewayStatus(
        pong.version(),
        pong.uptimeS(),
        healthy,
        standings.all().size(),
        recent.total(),
        recent.lastMinute(),
        recent.errorsLastMinute());
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
    if (standings.all().stream().anyMatch(standing -> obstacle(standing) == null)) {
      return Readiness.READY;
    }
    return Readiness.not(
        standings.all().stream()
            .map(standing -> standing.provider() + " (" + obstacle(standing) + ")")
            .collect(Collectors.joining(", ", "no provider is usable: ", "")));
  }

  /**
   * A provider at its ceiling or with a probe under way is usable: others wait a moment, and a
   * balancer that took the gateway out for that would only flap.
   */
  private static @Nullable String obstacle(Standing standing) {
    if (!standing.health().healthy()) {
      return Exclusion.UNHEALTHY.wireName() + ": " + standing.health().view().reason();
    }
    Exclusion refused = standing.circuit().exclusion();
    return refused == Exclusion.CIRCUIT_OPEN ? refused.wireName() : null;
  }
}
