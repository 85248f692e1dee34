package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.events.EventPublisher;
import dev.infermux.health.HealthTarget;
import dev.infermux.health.HealthVerticle;
import dev.infermux.nodes.hints.NodeHints;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Checks the health of one InferMux's providers and reports it. */
final class HealthChecks {

  private final Registry registry;
  private final HealthVerticle verticle;
  private final boolean wanted;

  /**
   * @param wanted whether anything is checked; otherwise all providers count as healthy
   */
  HealthChecks(
      String instance, Registry registry, EventPublisher publisher, Time time, boolean wanted) {
    this.registry = registry;
    this.verticle =
        new HealthVerticle(instance, List.of(), publisher, time, new SplittableRandom());
    this.wanted = wanted;
  }

  /** Shares the checks with other nodes. */
  HealthChecks sharedBy(NodeHints hints) {
    verticle.sharing(hints);
    hints.checksGoTo(verticle::told);
    return this;
  }

  /** Deploys on a cell's context, so that the checks end before the cells do. */
  Future<?> start(Vertx vertx) {
    return vertx.deployVerticle(verticle);
  }

  /**
   * Checks these providers from time to time and no others. Completes when each that was not
   * checked before has been checked once.
   */
  Future<?> watch(ProviderSnapshot providers, Config config) {
    return wanted ? verticle.watch(targets(providers, config)) : Future.succeededFuture();
  }

  /** By provider, in declared order. */
  Map<String, HealthView> views() {
    Map<String, HealthView> views = new LinkedHashMap<>();
    registry.snapshot().states().forEach(one -> views.put(one.provider(), one.health().view()));
    return Collections.unmodifiableMap(views);
  }

  private static List<HealthTarget> targets(ProviderSnapshot providers, Config config) {
    List<HealthTarget> targets = new ArrayList<>();
    for (ProviderEntry entry : config.providers()) {
      String name = entry.options().name();
      RegisteredProvider provider = providers.provider(name).orElse(null);
      if (provider != null) {
        ProviderState state = providers.state(name).orElseThrow();
        targets.add(
            new HealthTarget(
                provider, entry.health(), state.rateLimiter().cooldowns(), state.health()));
      }
    }
    return targets;
  }
}
