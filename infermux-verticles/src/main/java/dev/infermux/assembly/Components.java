package dev.infermux.assembly;

import static java.time.ZoneOffset.UTC;

import dev.infermux.config.Config;
import dev.infermux.events.metrics.EventLoopLag;
import dev.infermux.inbound.http.FrontApiServices;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.operations.CircuitService;
import dev.infermux.operations.Operations;
import dev.infermux.operations.ProviderStateGauges;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.pipeline.IssuedIds;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import dev.infermux.time.Time;
import dev.infermux.vertx.CircuitTimers;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one InferMux is made of, introduced to each other. */
record Components(
    Operations operations,
    Telemetry telemetry,
    HealthChecks health,
    CircuitService circuits,
    BudgetComponents budget,
    Cells cells,
    HttpApi http,
    ListenerFactories factories,
    ListenerList listeners,
    ConfigApplier configs,
    ProgramProviders programs) {

  private static final Logger LOG = LoggerFactory.getLogger(Components.class);

  static Components of(Vertx vertx, Config config, HostServices services) {
    EnvelopeCodec.register(vertx);
    Time time = VertxTimers.time(vertx);
    ProviderNames names = new ProviderNames();
    PriceBook prices = noted(config, names, time);
    Observability seen = Observability.of(vertx, config, services, names, prices);
    Operations operations = seen.operations();
    Registry registry = new Registry(ProviderSnapshot.empty());
    ProviderStateGauges.register(operations.metrics(), registry);
    RouterComponents router =
        router(config, registry, Prices.of(vertx, prices, seen.names()), seen.instruments(), time);
    PongSupplier pong = new PongSupplier(services.version(), time.ticker());
    ManagementViews views = Views.of(vertx, operations, router, pong);
    ManagementApi api = management(vertx, config, services, views, time);
    Cells cells = new Cells(router, new EventLoopLag(operations.metrics(), time));
    ListedProviders listed = new ListedProviders(registry, prices, now -> catalog(now, prices));
    HttpApi http = http(vertx, config, cells, fronts(config, listed, pong, time), api);
    HealthChecks health = health(router, seen, services, time);
    ProgramProviders programs = new ProgramProviders(services.providers());
    var circuits = circuits(vertx, time, registry, operations.circuitNews(seen.publisher()));
    return new Components(
        operations,
        seen.telemetry(),
        health,
        new CircuitService(registry),
        money(config, router, seen, time),
        cells,
        http,
        ListenerFactories.of(config, router.instance(), http, api, listed),
        new ListenerList(cells),
        new ConfigApplier(
            config,
            cells,
            new ProviderAssembly(circuits, services.mocks(), programs, services.network(), time),
            seen.names(),
            health),
        programs);
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

  /** The prices, and what is to be known of them. */
  private static PriceBook noted(Config config, ProviderNames names, Time time) {
    names.learn(config);
    PriceBook prices = prices(config, names);
    PriceNotices.of(config, LocalDate.ofInstant(time.clock().instant(), UTC), prices, names)
        .forEach(LOG::warn);
    return prices;
  }

  static PriceBook prices(Config config, ProviderNames names) {
    return new PriceBook(
        ListPrices.of(config.pricing()), config.pricing(), names::host, Components::warnUnpriced);
  }

  private static HealthChecks health(
      RouterComponents router, Observability seen, HostServices services, Time time) {
    return new HealthChecks(
        router.instance(), router.registry(), seen.publisher(), time, services.healthChecks());
  }

  private static FrontApiServices fronts(
      Config config, ListedProviders listed, PongSupplier pong, Time time) {
    long started = time.clock().instant().getEpochSecond();
    return new FrontApiServices(config.http(), listed, pong, started);
  }

  private static HttpApi http(
      Vertx vertx, Config config, Cells cells, FrontApiServices fronts, ManagementApi api) {
    boolean managed = config.managementListen() == null;
    return new HttpApi(vertx, fronts, cells, managed ? api.router() : null);
  }

  private static ManagementApi management(
      Vertx vertx, Config config, HostServices services, ManagementViews views, Time time) {
    long maxBodyBytes = config.http().limits().maxBodyBytes();
    return new ManagementApi(vertx, views, services.operators(config), maxBodyBytes, time);
  }

  private static PricedModelCatalog catalog(ProviderSnapshot snapshot, PriceBook prices) {
    return new PricedModelCatalog(
        snapshot.providers().stream().map(RegisteredProvider::options).toList(), prices);
  }

  private static RouterComponents router(
      Config config, Registry registry, Prices prices, CallInstruments instruments, Time time) {
    return new RouterComponents(
        MistIds.newId(),
        registry,
        new Router(registry, snapshot -> catalog(snapshot, prices.book())),
        config.routing(),
        config.budgets(),
        prices,
        prices.estimator(),
        instruments,
        new IssuedIds(),
        time,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** Ignores changes of a circuit whose provider has been removed. */
  private static CircuitBreakers circuits(
      Vertx vertx, Time time, Registry registry, Consumer<CircuitChange> listeners) {
    return new CircuitBreakers(
        new CircuitTimers(vertx),
        time.ticker(),
        time.clock(),
        change -> {
          if (registry.snapshot().state(change.provider()).isPresent()) {
            listeners.accept(change);
          }
        });
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
