package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.EventPublisher;
import dev.infermux.inbound.BodyTerms;
import dev.infermux.inbound.http.FrontApiServices;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.nodes.hints.NodeHints;
import dev.infermux.operations.CircuitService;
import dev.infermux.operations.Operations;
import dev.infermux.operations.ProviderStateGauges;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.pipeline.IssuedIds;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.RulesInForce;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import dev.infermux.time.Time;
import dev.infermux.vertx.CircuitTimers;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one InferMux is made of, introduced to each other. */
record Components(
    Operations operations,
    EventPublisher publisher,
    Telemetry telemetry,
    HealthChecks health,
    CircuitService circuits,
    BudgetComponents budget,
    Cells cells,
    HttpApi http,
    ListenerFactories factories,
    ListenerList listeners,
    ConfigApplier configs,
    ProgramProviders programs,
    Reloads reloads,
    NodeSide nodes) {

  private static final Logger LOG = LoggerFactory.getLogger(Components.class);

  static Components of(Vertx vertx, Config config, HostServices services) {
    EnvelopeCodec.register(vertx);
    Time time = VertxTimers.time(vertx);
    ProviderNames names = new ProviderNames();
    names.learn(config);
    CurrentPrices prices = prices(vertx, config, names, time);
    Observability seen = Observability.of(vertx, config, services, names, prices);
    Registry registry = registry(seen);
    RouterComponents router = router(config, registry, prices, seen.instruments(), time);
    Cells cells = new Cells(router, seen.operations().lag());
    SectionsInForce sections = SectionsInForce.of(vertx, config, services, cells, prices);
    NodeSide nodes = NodeSide.of(config, services, router, seen.operations());
    HealthChecks health = health(router, seen, services, time).sharedBy(nodes.hints());
    ProgramProviders programs = new ProgramProviders(services.providers());
    BufferedBytes buffered = seen.instruments().buffered();
    SharedPolicies policies = policies(vertx, time, registry, seen, nodes.hints());
    ProviderAssembly assembly = new ProviderAssembly(policies, services, programs, buffered, time);
    ConfigApplier configs = new ConfigApplier(config, assembly, sections, health, nodes);
    Reloads reloads = reloads(sections, configs, seen);
    PongSupplier pong = new PongSupplier(services.version(), time.ticker());
    OwnFacts own = new OwnFacts(pong, nodes.hints());
    ManagementApi api = management(vertx, sections, seen, own, reloads);
    ListedProviders listed = new ListedProviders(registry, prices);
    HttpApi http = http(vertx, config, cells, fronts(sections, listed, pong, time), api);
    return new Components(
        seen.operations(),
        seen.publisher(),
        seen.telemetry(),
        health,
        new CircuitService(registry),
        money(config, router, seen, time),
        cells,
        http,
        ListenerFactories.of(config, router, http, api, listed),
        sections.listeners(),
        configs,
        programs,
        reloads,
        nodes);
  }

  private static Reloads reloads(
      SectionsInForce sections, ConfigApplier configs, Observability seen) {
    seen.publisher().limit(sections.http()::maxWaitingEvents);
    return Reloads.of(sections, configs, seen);
  }

  private static CurrentPrices prices(Vertx vertx, Config config, ProviderNames names, Time time) {
    CurrentPrices prices = new CurrentPrices(config, names, Prices.estimator(vertx));
    PriceNotices.of(config, time, prices, names).forEach(LOG::warn);
    return prices;
  }

  private static Registry registry(Observability seen) {
    Registry registry = new Registry(ProviderSnapshot.empty());
    ProviderStateGauges.register(seen.operations().metrics(), registry);
    return registry;
  }

  private static BudgetComponents money(
      Config config, RouterComponents router, Observability seen, Time time) {
    return new BudgetComponents(
        config.budgets().withReserved(seen.names()),
        router.instance(),
        seen.publisher(),
        time,
        seen.telemetry()::alert);
  }

  private static HealthChecks health(
      RouterComponents router, Observability seen, HostServices services, Time time) {
    return new HealthChecks(
        router.instance(), router.registry(), seen.publisher(), time, services.healthChecks());
  }

  private static FrontApiServices fronts(
      SectionsInForce sections, ListedProviders listed, PongSupplier pong, Time time) {
    long started = time.clock().instant().getEpochSecond();
    return new FrontApiServices(sections.http(), listed, pong, started);
  }

  private static HttpApi http(
      Vertx vertx, Config config, Cells cells, FrontApiServices fronts, ManagementApi api) {
    boolean managed = config.managementListen() == null;
    HttpApi http = new HttpApi(vertx, fronts, cells, managed ? api.router() : null);
    api.sendsBy(http::single);
    return http;
  }

  private static ManagementApi management(
      Vertx vertx, SectionsInForce sections, Observability seen, OwnFacts own, Reloads reloads) {
    Cells cells = sections.cells();
    ManagementViews views = Views.of(vertx, seen, cells, own, reloads);
    RouterComponents router = cells.router();
    BodyTerms bodies =
        new BodyTerms(sections.http()::maxBodyBytes, router.instruments().buffered());
    return new ManagementApi(vertx, views, sections.operators(), bodies, router.time());
  }

  private static RouterComponents router(
      Config config,
      Registry registry,
      CurrentPrices prices,
      CallInstruments instruments,
      Time time) {
    return new RouterComponents(
        MistIds.newId(),
        registry,
        new Router(registry, snapshot -> prices.catalog(snapshot)),
        new RulesInForce(SectionsInForce.rules(config, prices)),
        prices.prices().estimator(),
        instruments,
        new IssuedIds(),
        time,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** Ignores changes of a circuit whose provider has been removed. */
  private static SharedPolicies policies(
      Vertx vertx, Time time, Registry registry, Observability seen, NodeHints hints) {
    Consumer<CircuitChange> listeners =
        seen.operations().circuitNews(seen.publisher()).andThen(hints::circuitChanged);
    CircuitBreakers circuits =
        new CircuitBreakers(
            new CircuitTimers(vertx),
            time.ticker(),
            time.clock(),
            change -> {
              if (registry.snapshot().state(change.provider()).isPresent()) {
                listeners.accept(change);
              }
            });
    return new SharedPolicies(circuits, hints);
  }
}
