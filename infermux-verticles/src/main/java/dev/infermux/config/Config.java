package dev.infermux.config;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.tokentrace.TelemetryOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to set, read from a file or built in code. It is immutable: a reload makes
 * another one.
 *
 * @param managementListen null = on the HTTP listener's address
 * @param grpcListen null = no gRPC
 * @param circuit for providers that join later; those of the file carry their own
 */
public record Config(
    HttpOptions http,
    @Nullable ListenAddress managementListen,
    @Nullable ListenAddress grpcListen,
    LogOptions log,
    CircuitOptions circuit,
    List<ProviderEntry> providers,
    RoutingOptions routing,
    PricingOptions pricing,
    BudgetOptions budgets,
    TelemetryOptions telemetry) {

  private static final ProviderOptions ECHO =
      ProviderOptions.builder("echo", ProviderType.ECHO).models("echo-v1").build();

  public Config {
    providers = List.copyOf(providers);
  }

  /** All defaults and no provider. */
  public static ConfigBuilder builder() {
    return new ConfigBuilder();
  }

  /** What runs when nothing is configured: the built-in echo provider with its model echo-v1. */
  public static Config echo() {
    return builder().provider(ECHO).build();
  }

  /** A builder that starts from this configuration. */
  public ConfigBuilder toBuilder() {
    return new ConfigBuilder(this);
  }
}
