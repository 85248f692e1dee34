package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.events.EventPublisher;
import dev.infermux.exporter.DeployedExporters;
import dev.infermux.exporter.ExporterQueues;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.management.view.ReloadOutcome;
import dev.infermux.operations.CircuitService;
import dev.infermux.operations.Operations;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.spi.ChatProvider;
import dev.infermux.time.Time;
import dev.infermux.vertx.Rollback;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** One InferMux at work: what it is made of, started in order and ended in reverse. */
public final class RouterRuntime {

  private final Vertx vertx;
  private final Components components;
  private final DeployedExporters exporters;
  private final String deployment;

  private RouterRuntime(
      Vertx vertx, Components components, DeployedExporters exporters, String deployment) {
    this.vertx = vertx;
    this.components = components;
    this.exporters = exporters;
    this.deployment = deployment;
  }

  /** Starts everything but the sockets. */
  public static Future<RouterRuntime> start(Vertx vertx, Config config, HostServices services) {
    Components components = Components.of(vertx, config, services);
    DeployedExporters exporters = new DeployedExporters(vertx, queues(components));
    return components
        .budget()
        .open(vertx, config.cluster().name())
        .onSuccess(open -> components.operations().holders().use(components.budget().shared()))
        .compose(durability -> components.cells().start(vertx, durability))
        .compose(
            id ->
                begin(vertx, components, config)
                    .compose(begun -> exporters.start(services.exporters(config)))
                    .map(begun -> new RouterRuntime(vertx, components, exporters, id))
                    .recover(Rollback.by(() -> vertx.undeploy(id))))
        .onSuccess(
            started -> {
              components.operations().lifecycle().started();
              components.reloads().watch(config);
            })
        .recover(
            Rollback.by(
                () ->
                    components
                        .budget()
                        .close(vertx)
                        .eventually(components.telemetry()::close)
                        .onComplete(ended -> components.publisher().close())));
  }

  /** What waits for an exporter is counted with all that is buffered. */
  private static ExporterQueues queues(Components components) {
    EventPublisher publisher = components.publisher();
    return new ExporterQueues(
        publisher.publications(),
        publisher::mostWaiting,
        components.cells().router().instruments().buffered(),
        publisher::lost);
  }

  private static Future<?> begin(Vertx vertx, Components components, Config config) {
    return components
        .cells()
        .first()
        .onLoop(
            () ->
                components
                    .health()
                    .start(vertx)
                    .compose(watching -> components.nodes().start(vertx))
                    .mapEmpty())
        .compose(watching -> components.configs().apply(config))
        .compose(applied -> shared(components, config))
        .compose(applied -> components.listeners().start(components.factories().atOnce()));
  }

  /** On a cell's event loop, so that it ends before the ledger does. */
  private static Future<Void> shared(Components components, Config config) {
    return components
        .cells()
        .first()
        .onLoop(() -> components.reloads().shared().begin(components.budget().shared(), config));
  }

  /**
   * Brings another configuration into force for the calls that come from now on, as far as that is
   * possible without a restart; the result says how far.
   */
  public Future<AppliedConfig> apply(Config config) {
    return components
        .reloads()
        .shared()
        .replaced(config)
        .map(
            applied -> {
              components.reloads().runtime().clear();
              return applied;
            });
  }

  /** Reads the configuration again; what is wrong is in the outcome. */
  public Future<ReloadOutcome> reload(ReloadTrigger trigger) {
    return components.reloads().reload(trigger);
  }

  /** Takes a further provider in; fails when there is one of its name. */
  public Future<AppliedConfig> add(ProviderEntry provider) {
    return added(provider.options().name(), config -> ProgramProviders.with(config, provider));
  }

  /** The same with default policies. */
  public Future<AppliedConfig> add(ProviderOptions provider) {
    return added(
        provider.name(),
        config ->
            ProgramProviders.with(
                config, ProviderEntry.of(provider).withCircuit(config.circuit())));
  }

  /** The same with a provider of the program's own. */
  public Future<AppliedConfig> add(ChatProvider provider) {
    return Future.succeededFuture(provider)
        .map(ProgramProviders::name)
        .compose(name -> added(name, config -> components.programs().with(config, provider)));
  }

  private Future<AppliedConfig> added(String name, UnaryOperator<Config> change) {
    return components.reloads().runtime().add(components.configs(), name, change);
  }

  /** Takes a provider out; fails when there is none of this name. */
  public Future<AppliedConfig> remove(String provider) {
    return components
        .reloads()
        .runtime()
        .remove(components.configs(), provider)
        .map(
            applied -> {
              components.reloads().shared().providers().leaves(provider);
              return applied;
            });
  }

  /** Opens the sockets of the configuration. */
  public Future<?> listen() {
    return components
        .listeners()
        .start(components.factories().http())
        .compose(http -> listenWithoutHttp());
  }

  /** Opens the sockets of the configuration but that of the HTTP API. */
  public Future<?> listenWithoutHttp() {
    return components.listeners().start(components.factories().others());
  }

  /** The port that the listeners of this name have bound, if there are any. */
  public OptionalInt port(String listener) {
    return components.listeners().port(listener);
  }

  public HttpApi http() {
    return components.http();
  }

  /** The time that calls are stamped with. */
  public Time time() {
    return components.cells().router().time();
  }

  public Cells cells() {
    return components.cells();
  }

  public Operations operations() {
    return components.operations();
  }

  public CircuitService circuits() {
    return components.circuits();
  }

  /** The health of each provider, in declared order. */
  public Map<String, HealthView> health() {
    return components.health().views();
  }

  /** Stops accepting connections and lets what is in flight end, at most for {@code grace}. */
  public Future<Void> drain(Duration grace) {
    components.operations().lifecycle().stopping();
    return components.listeners().drain(grace);
  }

  /** Ends everything, what is in flight too: streams with their error event. */
  public Future<Void> close() {
    components.reloads().close();
    components.operations().lifecycle().stopping();
    components.http().stop();
    return vertx
        .undeploy(deployment)
        .eventually(exporters::stop)
        .eventually(() -> components.budget().close(vertx))
        .eventually(components.telemetry()::close)
        .onComplete(ended -> components.publisher().close());
  }
}
