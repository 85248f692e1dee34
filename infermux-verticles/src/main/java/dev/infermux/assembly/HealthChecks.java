package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.events.EventPublisher;
import dev.infermux.health.HealthVerticle;
import dev.infermux.health.Patient;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
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

  private final Standings standings;
  private final HealthVerticle verticle;

  HealthChecks(
      Config config, RouterComponents router, Standings standings, EventPublisher publisher) {
    this.standings = standings;
    this.verticle =
        new HealthVerticle(
            router.instance(),
            patients(config, router, standings),
            publisher,
            new SplittableRandom());
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
    standings.all().forEach(one -> views.put(one.provider(), one.health().view()));
    return Collections.unmodifiableMap(views);
  }

  private static List<Patient> patients(
      Config config, RouterComponents router, Standings standings) {
    Map<String, HealthOptions> options =
        config.providers().stream()
            .collect(Collectors.toMap(entry -> entry.options().name(), ProviderEntry::health));
    List<Patient> patients = new ArrayList<>();
    for (RegisteredProvider provider : router.registry().snapshot()) {
      Standing standing = standings.of(provider.name()).orElseThrow();
      HealthOptions own = options.getOrDefault(provider.name(), HealthOptions.defaults());
      patients.add(new Patient(provider, own, standing.ceiling(), standing.health()));
    }
    return patients;
  }
}
