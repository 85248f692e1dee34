package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.events.EventPublisher;
import dev.infermux.health.HealthTarget;
import dev.infermux.health.HealthVerticle;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The health of one InferMux's providers, and who checks it. */
final class HealthChecks {

  private final ProviderStates states;
  private final HealthVerticle verticle;

  HealthChecks(
      Config config, RouterComponents router, ProviderStates states, EventPublisher publisher) {
    this.states = states;
    this.verticle =
        new HealthVerticle(
            router.instance(), patients(config, router, states), publisher, new SplittableRandom());
  }

  /**
   * Checks all providers, and from then on each from time to time. Called on a cell's context, so
   * that the checks end before the cells do.
   */
  Future<?> start(Vertx vertx) {
    return vertx.deployVerticle(verticle);
  }

  /** By provider, in declared order. */
  Map<String, HealthView> views() {
    Map<String, HealthView> views = new LinkedHashMap<>();
    states.all().forEach(one -> views.put(one.provider(), one.health().view()));
    return Collections.unmodifiableMap(views);
  }

  private static List<HealthTarget> patients(
      Config config, RouterComponents router, ProviderStates states) {
    Map<String, HealthOptions> options =
        config.providers().stream()
            .collect(Collectors.toMap(entry -> entry.options().name(), ProviderEntry::health));
    List<HealthTarget> patients = new ArrayList<>();
    for (RegisteredProvider provider : router.registry().snapshot()) {
      ProviderState state = states.of(provider.name()).orElseThrow();
      HealthOptions own = options.getOrDefault(provider.name(), HealthOptions.defaults());
      patients.add(new HealthTarget(provider, own, state.rateLimiter(), state.health()));
    }
    return patients;
  }
}
