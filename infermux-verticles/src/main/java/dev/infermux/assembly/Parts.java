package dev.infermux.assembly;

import dev.infermux.assembly.cell.Cells;
import dev.infermux.assembly.provider.Guards;
import dev.infermux.assembly.provider.ProviderNames;
import dev.infermux.assembly.provider.Vendors;
import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.inbound.management.ManagementDoor;
import dev.infermux.inference.bus.BusFailureCodec;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.operations.CircuitPanel;
import dev.infermux.operations.Operations;
import dev.infermux.operations.StandingGauges;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.Intake;
import dev.infermux.pipeline.RouterParts;
import dev.infermux.pipeline.choice.Routes;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.provider.Registry;
import dev.infermux.standing.Standings;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one InferMux is made of, introduced to each other. */
record Parts(
    Operations operations,
    Telemetry telemetry,
    HealthChecks health,
    CircuitPanel circuits,
    Money money,
    Doors doors,
    Cells cells) {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  static Parts of(Vertx vertx, Config config, Supplies supplies) {
    registerCodecs(vertx);
    ProviderNames names = new ProviderNames(config);
    PriceBook prices = new PriceBook(config.pricing(), Parts::warnUnpriced);
    Admission admission = new Admission(config.http().limits().maxInFlight());
    Telemetry telemetry = Telemetry.of(vertx, config, supplies, names);
    EventPublisher publisher = new EventPublisher(vertx);
    Operations operations = Operations.begin(publisher);
    operations
        .witnesses()
        .add(Gauges.register(operations.metrics(), names, prices, admission, publisher));
    telemetry.register(operations.metrics());
    Guards guards = Guards.of(vertx, config, supplies.mocks(), operations.circuitNews(publisher));
    Registry registry = new Registry(guards.providers());
    Standings standings = guards.standings();
    StandingGauges.register(operations.metrics(), standings);
    Intake intake = new Intake(telemetry.tracer(), operations.witnesses(), admission);
    RouterParts router = router(config, guards, registry, Prices.of(vertx, prices, names), intake);
    Pulse pulse = new Pulse(supplies.version());
    ManagementDoor door =
        new ManagementDoor(
            vertx,
            Views.of(vertx, operations, router, pulse),
            supplies.managementToken(),
            config.http().limits().maxBodyBytes());
    HealthChecks health = new HealthChecks(config, router, standings, publisher);
    CircuitPanel circuits = new CircuitPanel(standings);
    Doors doors = Doors.of(config, registry, door, pulse);
    return new Parts(
        operations,
        telemetry,
        health,
        circuits,
        new Money(config, router.instance(), publisher, telemetry::alert),
        doors,
        new Cells(router, doors.http()));
  }

  private static RouterParts router(
      Config config, Guards guards, Registry registry, Prices prices, Intake intake) {
    Vendors vendors = new Vendors(config, prices.book());
    return new RouterParts(
        MistIds.newId(),
        registry,
        new Routes(registry, config.routing(), guards.standings(), vendors),
        guards.standings(),
        config.routing(),
        config.budgets(),
        prices,
        prices.estimator(),
        intake);
  }

  private static void registerCodecs(Vertx vertx) {
    EnvelopeCodec.register(vertx);
    BusFailureCodec.register(vertx.eventBus());
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
