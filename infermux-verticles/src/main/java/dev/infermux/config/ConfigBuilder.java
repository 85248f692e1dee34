package dev.infermux.config;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.tokentrace.TelemetryOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Config} one by one, starting from the defaults. */
public final class ConfigBuilder {
  private final List<ProviderEntry> providers = new ArrayList<>();
  private HttpOptions http = HttpOptions.defaults();
  private @Nullable ListenAddress managementListen;
  private @Nullable ListenAddress grpcListen;
  private LogOptions log = LogOptions.defaults();
  private CircuitOptions circuit = CircuitOptions.defaults();
  private RoutingOptions routing = RoutingOptions.defaults();
  private PricingOptions pricing = PricingOptions.defaults();
  private BudgetOptions budgets = BudgetOptions.defaults();
  private TelemetryOptions telemetry = TelemetryOptions.off();

  ConfigBuilder() {}

  ConfigBuilder(Config from) {
    providers.addAll(from.providers());
    http = from.http();
    managementListen = from.managementListen();
    grpcListen = from.grpcListen();
    log = from.log();
    circuit = from.circuit();
    routing = from.routing();
    pricing = from.pricing();
    budgets = from.budgets();
    telemetry = from.telemetry();
  }

  public ConfigBuilder http(HttpOptions http) {
    this.http = http;
    return this;
  }

  public ConfigBuilder managementListen(@Nullable ListenAddress managementListen) {
    this.managementListen = managementListen;
    return this;
  }

  public ConfigBuilder grpcListen(@Nullable ListenAddress grpcListen) {
    this.grpcListen = grpcListen;
    return this;
  }

  public ConfigBuilder log(LogOptions log) {
    this.log = log;
    return this;
  }

  /** For providers that are added from here on without circuit options of their own. */
  public ConfigBuilder circuit(CircuitOptions circuit) {
    this.circuit = circuit;
    return this;
  }

  /** Adds a provider with default policies and the circuit options given so far. */
  public ConfigBuilder provider(ProviderOptions provider) {
    return provider(ProviderEntry.of(provider).withCircuit(circuit));
  }

  public ConfigBuilder provider(ProviderEntry provider) {
    providers.add(provider);
    return this;
  }

  public ConfigBuilder routing(RoutingOptions routing) {
    this.routing = routing;
    return this;
  }

  public ConfigBuilder pricing(PricingOptions pricing) {
    this.pricing = pricing;
    return this;
  }

  public ConfigBuilder budgets(BudgetOptions budgets) {
    this.budgets = budgets;
    return this;
  }

  public ConfigBuilder telemetry(TelemetryOptions telemetry) {
    this.telemetry = telemetry;
    return this;
  }

  /** The configuration so far. */
  public Config build() {
    return new Config(
        http,
        managementListen,
        grpcListen,
        log,
        circuit,
        providers,
        routing,
        pricing,
        budgets,
        telemetry);
  }
}
