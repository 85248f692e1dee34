package dev.infermux;

import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.events.Witnesses;
import dev.infermux.events.log.RequestLog;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.management.ManagementDoor;
import dev.infermux.inbound.management.ManagementVerticle;
import dev.infermux.inbound.management.ManagementViews;
import dev.infermux.inference.bus.BusFailureCodec;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.RouterParts;
import dev.infermux.pipeline.Routes;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.provider.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what one InferMux is made of, and closes it again. */
final class Parts {

  private static final Logger LOG = LoggerFactory.getLogger(InferMux.class);

  private final Config config;
  private final Assembly assembly;
  private final Witnesses witnesses;
  private final Telemetry telemetry;
  private final HealthChecks health;

  private Parts(
      Config config,
      Assembly assembly,
      Witnesses witnesses,
      Telemetry telemetry,
      HealthChecks health) {
    this.config = config;
    this.health = health;
    this.assembly = assembly;
    this.witnesses = witnesses;
    this.telemetry = telemetry;
  }

  static Parts of(Vertx vertx, Config config, Embedding embedding) {
    EnvelopeCodec.register(vertx);
    BusFailureCodec.register(vertx.eventBus());
    ProviderNames names = new ProviderNames(config);
    PriceBook prices = new PriceBook(config.pricing(), Parts::warnUnpriced);
    Admission admission = new Admission(config.http().limits().maxInFlight());
    Telemetry telemetry = Telemetry.of(vertx, config, embedding.openTelemetry(), names);
    EventPublisher publisher = new EventPublisher(vertx);
    Metrics metrics = new Metrics();
    Witnesses witnesses = new Witnesses();
    witnesses.add(publisher);
    witnesses.add(Gauges.register(metrics, names, prices, admission, publisher));
    telemetry.register(metrics);
    witnesses.add(new RequestLog());
    Guards guards = Guards.of(vertx, config, change -> {});
    Registry registry = new Registry(guards.providers());
    RouterParts router =
        new RouterParts(
            MistIds.newId(),
            registry,
            new Routes(registry, config.routing(), guards.standings(), new Vendors(config, prices)),
            guards.standings(),
            config.routing(),
            (provider, model, usage) -> prices.cost(provider, names.type(provider), model, usage),
            telemetry.tracer(),
            witnesses,
            admission);
    Assembly assembly =
        new Assembly(
            router,
            config.http(),
            new ManagementDoor(vertx, views(vertx, metrics), embedding.managementToken()),
            config.managementListen() != null,
            new Cells(),
            System.nanoTime(),
            Instant.now().getEpochSecond());
    HealthChecks health = new HealthChecks(config, router, guards.standings(), publisher);
    return new Parts(config, assembly, witnesses, telemetry, health);
  }

  Assembly assembly() {
    return assembly;
  }

  Witnesses witnesses() {
    return witnesses;
  }

  HealthChecks health() {
    return health;
  }

  /**
   * Opens the management listener; its port, or null when it has none of its own. Called on a
   * cell's context, so that it is deployed below the cells and leaves with them.
   */
  Future<@Nullable Integer> listenManagement(Vertx vertx) {
    if (config.managementListen() == null) {
      return Future.succeededFuture();
    }
    ManagementVerticle verticle =
        new ManagementVerticle(config.managementListen(), assembly.management());
    return vertx.deployVerticle(verticle).map(id -> verticle.port());
  }

  /** Sends what telemetry is still held. */
  Future<Void> close() {
    return telemetry.close();
  }

  private static ManagementViews views(Vertx vertx, Metrics metrics) {
    return accept ->
        vertx
            .executeBlocking(() -> metrics.render(accept), false)
            .map(text -> new ManagementViews.Text(text.contentType(), text.body()));
  }

  private static void warnUnpriced(String provider, String model) {
    LOG.warn(
        "no price is known for model {} of provider {}: its cost counts as 0 (set"
            + " pricing.{}.<model> to change that)",
        model,
        provider,
        provider);
  }
}
