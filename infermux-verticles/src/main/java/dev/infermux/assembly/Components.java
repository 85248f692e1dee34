package dev.infermux.assembly;

import dev.infermux.bus.BusFailureCodec;
import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.operations.CircuitService;
import dev.infermux.operations.Operations;
import dev.infermux.operations.ProviderStateGauges;
import dev.infermux.pipeline.Admission;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.provider.Registry;
import dev.infermux.provider.guard.ProviderStates;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one InferMux is made of, introduced to each other. */
record Components(
    Operations operations,
    Telemetry telemetry,
    HealthChecks health,
    CircuitService circuits,
    BudgetComponents money,
    HttpListeners listeners,
    Cells cells) {

  private static final Logger LOG = LoggerFactory.getLogger(Components.class);

  static Components of(Vertx vertx, Config config, HostServices services) {
    registerCodecs(vertx);
    ProviderNames names = new ProviderNames(config);
    PriceBook prices = new PriceBook(config.pricing(), Components::warnUnpriced);
    Admission admission = new Admission(config.http().limits().maxInFlight());
    Telemetry telemetry = Telemetry.of(vertx, config, services, names);
    EventPublisher publisher = new EventPublisher(vertx);
    Operations operations = Operations.begin(publisher);
    operations
        .witnesses()
        .add(Gauges.register(operations.metrics(), names, prices, admission, publisher));
    telemetry.register(operations.metrics());
    ProviderAssembly guards =
        ProviderAssembly.of(vertx, config, services.mocks(), operations.circuitNews(publisher));
    Registry registry = new Registry(guards.providers());
    ProviderStates states = guards.standings();
    ProviderStateGauges.register(operations.metrics(), states);
    CallInstruments instruments =
        new CallInstruments(telemetry.tracer(), operations.witnesses(), admission);
    RouterComponents router =
        router(config, guards, registry, Prices.of(vertx, prices, names), instruments);
    PongSupplier pulse = new PongSupplier(services.version());
    ManagementApi api =
        new ManagementApi(
            vertx,
            Views.of(vertx, operations, router, pulse),
            services.managementToken(),
            config.http().limits().maxBodyBytes());
    HealthChecks health = new HealthChecks(config, router, states, publisher);
    CircuitService circuits = new CircuitService(states);
    HttpListeners listeners = HttpListeners.of(config, registry, api, pulse);
    return new Components(
        operations,
        telemetry,
        health,
        circuits,
        new BudgetComponents(config, router.instance(), publisher, telemetry::alert),
        listeners,
        new Cells(router, listeners.http()));
  }

  private static RouterComponents router(
      Config config,
      ProviderAssembly guards,
      Registry registry,
      Prices prices,
      CallInstruments instruments) {
    PricedModelCatalog vendors = new PricedModelCatalog(config, prices.book());
    return new RouterComponents(
        MistIds.newId(),
        registry,
        new Router(registry, config.routing(), guards.standings(), vendors),
        guards.standings(),
        config.routing(),
        config.budgets(),
        prices,
        prices.estimator(),
        instruments);
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
