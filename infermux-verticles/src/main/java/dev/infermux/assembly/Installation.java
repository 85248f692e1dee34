package dev.infermux.assembly;

import dev.infermux.assembly.cell.Cells;
import dev.infermux.config.Config;
import dev.infermux.operations.CircuitPanel;
import dev.infermux.operations.Operations;
import dev.infermux.policy.health.HealthView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One InferMux at work: what it is made of, started in order and ended in reverse. */
public final class Installation {

  private final Vertx vertx;
  private final Parts parts;
  private final String deployment;

  private Installation(Vertx vertx, Parts parts, String deployment) {
    this.vertx = vertx;
    this.parts = parts;
    this.deployment = deployment;
  }

  /** Starts everything but the sockets. */
  public static Future<Installation> start(Vertx vertx, Config config, Supplies supplies) {
    Parts parts = Parts.of(vertx, config, supplies);
    return parts
        .money()
        .open(vertx)
        .compose(open -> parts.cells().start(vertx))
        .compose(
            id -> {
              Future<?> checked =
                  supplies.healthChecks() ? checkHealth(vertx, parts) : Future.succeededFuture();
              return checked.map(new Installation(vertx, parts, id));
            })
        .onSuccess(started -> parts.operations().lifecycle().started())
        .recover(
            cause ->
                parts
                    .money()
                    .close(vertx)
                    .eventually(parts.telemetry()::close)
                    .transform(closed -> Future.failedFuture(cause)));
  }

  private static Future<?> checkHealth(Vertx vertx, Parts parts) {
    return parts.cells().first().onLoop(() -> parts.health().start(vertx).mapEmpty());
  }

  /** Opens the listeners; the port of the management's own, or null when it has none. */
  public Future<@Nullable Integer> listen() {
    return parts.cells().listen().compose(open -> parts.doors().listenManagement(vertx));
  }

  public Cells cells() {
    return parts.cells();
  }

  public Operations operations() {
    return parts.operations();
  }

  public CircuitPanel circuits() {
    return parts.circuits();
  }

  /** The health of each provider, in declared order. */
  public Map<String, HealthView> health() {
    return parts.health().views();
  }

  /** Stops accepting connections and lets what is in flight end, at most for {@code grace}. */
  public Future<Void> drain(Duration grace) {
    parts.operations().lifecycle().stopping();
    return parts.cells().drain(grace);
  }

  /** Ends everything; what is in flight is cut. */
  public Future<Void> close() {
    parts.operations().lifecycle().stopping();
    return vertx
        .undeploy(deployment)
        .eventually(() -> parts.money().close(vertx))
        .eventually(parts.telemetry()::close);
  }
}
