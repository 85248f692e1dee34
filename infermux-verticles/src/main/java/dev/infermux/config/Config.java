package dev.infermux.config;

import dev.infermux.exporter.ExporterOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.tokentrace.TelemetryOptions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to set, read from a file or built in code. It is immutable: a reload makes
 * another one.
 *
 * @param managementListen null = on the HTTP listener's address
 * @param management who may use it
 * @param grpcListen null = no gRPC
 * @param circuit for providers that join later; those of the file carry their own
 */
public record Config(
    HttpOptions http,
    @Nullable ListenAddress managementListen,
    ManagementOptions management,
    @Nullable ListenAddress grpcListen,
    LogOptions log,
    CircuitOptions circuit,
    List<ProviderEntry> providers,
    RoutingOptions routing,
    PricingOptions pricing,
    BudgetOptions budgets,
    TelemetryOptions telemetry,
    List<ExporterOptions> exporters,
    ClusterOptions cluster) {

  private static final Config DEFAULTS =
      new Config(
          HttpOptions.defaults(),
          null,
          ManagementOptions.defaults(),
          null,
          LogOptions.defaults(),
          CircuitOptions.defaults(),
          List.of(),
          RoutingOptions.defaults(),
          PricingOptions.defaults(),
          BudgetOptions.defaults(),
          TelemetryOptions.defaults(),
          List.of(),
          ClusterOptions.defaults());

  private static final Config ECHO =
      DEFAULTS.withProvider(ProviderOptions.of("echo", ProviderType.ECHO).withModels("echo-v1"));

  public Config {
    providers = List.copyOf(providers);
    exporters = List.copyOf(exporters);
  }

  /** All defaults and no provider. */
  public static Config defaults() {
    return DEFAULTS;
  }

  /** What runs when nothing is configured: the built-in echo provider with its model echo-v1. */
  public static Config echo() {
    return ECHO;
  }

  /** With one provider more, which has default policies and the circuit options given so far. */
  public Config withProvider(ProviderOptions provider) {
    return withProvider(ProviderEntry.of(provider).withCircuit(circuit));
  }

  /** With one provider more. */
  public Config withProvider(ProviderEntry provider) {
    return withProviders(Stream.concat(providers.stream(), Stream.of(provider)).toList());
  }

  public Config withHttp(HttpOptions http) {
    return with(copy -> copy.http = http);
  }

  public Config withManagementListen(@Nullable ListenAddress managementListen) {
    return with(copy -> copy.managementListen = managementListen);
  }

  public Config withManagement(ManagementOptions management) {
    return with(copy -> copy.management = management);
  }

  public Config withGrpcListen(@Nullable ListenAddress grpcListen) {
    return with(copy -> copy.grpcListen = grpcListen);
  }

  public Config withLog(LogOptions log) {
    return with(copy -> copy.log = log);
  }

  /** For providers that are added from here on without circuit options of their own. */
  public Config withCircuit(CircuitOptions circuit) {
    return with(copy -> copy.circuit = circuit);
  }

  public Config withProviders(List<ProviderEntry> providers) {
    return with(copy -> copy.providers = providers);
  }

  public Config withRouting(RoutingOptions routing) {
    return with(copy -> copy.routing = routing);
  }

  public Config withPricing(PricingOptions pricing) {
    return with(copy -> copy.pricing = pricing);
  }

  public Config withBudgets(BudgetOptions budgets) {
    return with(copy -> copy.budgets = budgets);
  }

  public Config withTelemetry(TelemetryOptions telemetry) {
    return with(copy -> copy.telemetry = telemetry);
  }

  /** With these verticles, deployed before the sockets open. */
  public Config withExporters(List<ExporterOptions> exporters) {
    return with(copy -> copy.exporters = exporters);
  }

  public Config withCluster(ClusterOptions cluster) {
    return with(copy -> copy.cluster = cluster);
  }

  private Config with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.config();
  }

  /** The components while one of them is replaced. */
  private static final class Copy {
    private HttpOptions http;
    private @Nullable ListenAddress managementListen;
    private ManagementOptions management;
    private @Nullable ListenAddress grpcListen;
    private LogOptions log;
    private CircuitOptions circuit;
    private List<ProviderEntry> providers;
    private RoutingOptions routing;
    private PricingOptions pricing;
    private BudgetOptions budgets;
    private TelemetryOptions telemetry;
    private List<ExporterOptions> exporters;
    private ClusterOptions cluster;

    Copy(Config from) {
      http = from.http;
      managementListen = from.managementListen;
      management = from.management;
      grpcListen = from.grpcListen;
      log = from.log;
      circuit = from.circuit;
      providers = from.providers;
      routing = from.routing;
      pricing = from.pricing;
      budgets = from.budgets;
      telemetry = from.telemetry;
      exporters = from.exporters;
      cluster = from.cluster;
    }

    Config config() {
      return new Config(
          http,
          managementListen,
          management,
          grpcListen,
          log,
          circuit,
          providers,
          routing,
          pricing,
          budgets,
          telemetry,
          exporters,
          cluster);
    }
  }
}
