package dev.infermux.config;

import dev.infermux.config.block.AuthBlock;
import dev.infermux.config.block.BudgetBlock;
import dev.infermux.config.block.CircuitBlock;
import dev.infermux.config.block.ClusterBlock;
import dev.infermux.config.block.ConnectionBlock;
import dev.infermux.config.block.ExporterBlock;
import dev.infermux.config.block.HealthBlock;
import dev.infermux.config.block.HttpBlock;
import dev.infermux.config.block.ManagementBlock;
import dev.infermux.config.block.MissingKey;
import dev.infermux.config.block.PricingBlock;
import dev.infermux.config.block.ProviderBlock;
import dev.infermux.config.block.RateLimitBlock;
import dev.infermux.config.block.RoutingBlock;
import dev.infermux.config.block.TelemetryBlock;
import dev.infermux.config.block.Uniqueness;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.ListenAddresses;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.provider.ProviderOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The top level of the file. */
final class ConfigFile {
  private static final Key<ListenAddress> LISTEN =
      Key.of(
          "listen",
          ListenAddresses.listen(),
          HttpOptions.defaults().listen(),
          "Where the HTTP API listens; without a host, on all interfaces.");
  private static final Key<ListenAddress> MANAGEMENT_LISTEN =
      Key.optional(
          "management_listen",
          ListenAddresses.listen(),
          "Where `/_infermux/*` is; absent = on `listen`.");
  private static final Part MANAGEMENT =
      Part.of("management", ManagementBlock.BLOCK, "Who may use `/_infermux/*`.");
  private static final Key<ListenAddress> GRPC_LISTEN =
      Key.optional("grpc_listen", ListenAddresses.listen(), "Where gRPC is; absent = nowhere.");
  private static final Part LOG = Part.of("log", LogBlock.BLOCK, "The log.");
  private static final Part TLS =
      Part.of("tls", HttpBlock.TLS, "TLS on `listen`; absent = plain HTTP.");
  private static final Part AUTH = Part.of("auth", AuthBlock.BLOCK, "Who may call.");
  private static final Part LIMITS =
      Part.of("limits", HttpBlock.LIMITS, "What is refused before it costs.");
  private static final Part HTTP =
      Part.of("http", ConnectionBlock.BLOCK, "How long callers may take, and how many may come.");
  private static final Part CIRCUIT_BREAKER =
      Part.of(
          "circuit_breaker", CircuitBlock.BLOCK, "When a provider is left alone, for all of them.");
  private static final Part PROVIDERS =
      Part.required(
          "providers", new ListOf(ProviderBlock.BLOCK), "Who answers; at least one, in order.");
  private static final Part ROUTING =
      Part.of("routing", RoutingBlock.BLOCK, "Who is chosen, and what follows a failure.");
  private static final Part PRICING =
      Part.of(
          "pricing",
          PricingBlock.SHAPE,
          "Prices in USD over the built-in ones, by provider name or type and model.");
  private static final Key<Path> PRICING_FILE =
      Key.optional(
          "pricing_file",
          Texts.path(),
          "A price list over the built-in one or in its place; `pricing` goes over both.");
  private static final Part BUDGETS =
      Part.of("budgets", BudgetBlock.SHAPE, "What callers may spend in a month.");
  private static final Part TELEMETRY =
      Part.of("telemetry", TelemetryBlock.BLOCK, "Where spans go; absent = nowhere.");

  private static final Part EXPORTERS =
      Part.of(
          "exporters",
          new ListOf(ExporterBlock.BLOCK),
          "Verticles of your own, deployed into the gateway.");

  private static final Part CLUSTER =
      Part.of("cluster", ClusterBlock.BLOCK, "How this node and others are one.");

  static final Block BLOCK =
      Block.of(
          LISTEN,
          MANAGEMENT_LISTEN,
          MANAGEMENT,
          GRPC_LISTEN,
          LOG,
          TLS,
          AUTH,
          LIMITS,
          HTTP,
          CIRCUIT_BREAKER,
          PROVIDERS,
          ROUTING,
          PRICING,
          PRICING_FILE,
          BUDGETS,
          TELEMETRY,
          EXPORTERS,
          CLUSTER);

  /** What shuts something. */
  private static final List<Part> GUARDS = List.of(TLS, AUTH, MANAGEMENT, BUDGETS);

  private ConfigFile() {}

  static Config read(Node root) {
    Fields fields = root.fields(BLOCK);
    GUARDS.stream().filter(fields::hollow).forEach(guard -> reportHollow(fields, guard));
    AuthOptions auth = AuthBlock.read(fields.at(AUTH).fields(AuthBlock.BLOCK));
    Config listeners =
        Config.defaults()
            .withHttp(http(fields, auth))
            .withManagementListen(fields.find(MANAGEMENT_LISTEN).orElse(null))
            .withManagement(
                ManagementBlock.read(fields.at(MANAGEMENT).fields(ManagementBlock.BLOCK)))
            .withGrpcListen(fields.find(GRPC_LISTEN).orElse(null))
            .withLog(LogBlock.read(fields.at(LOG).fields(LogBlock.BLOCK)));
    Map<String, String> pathsByName = new LinkedHashMap<>();
    Config providers =
        withProviders(listeners, fields, auth.mode() == AuthMode.PASSTHROUGH, pathsByName);
    List<String> names = List.copyOf(pathsByName.keySet());
    Config config =
        providers
            .withRouting(RoutingBlock.read(fields.at(ROUTING).fields(RoutingBlock.BLOCK), names))
            .withPricing(
                PricingBlock.read(
                    fields.at(PRICING),
                    names,
                    PricingBlock.file(
                        fields.at(PRICING_FILE), fields.find(PRICING_FILE).orElse(null))))
            .withBudgets(BudgetBlock.read(fields.at(BUDGETS), model -> isServed(providers, model)))
            .withTelemetry(TelemetryBlock.read(fields.at(TELEMETRY).fields(TelemetryBlock.BLOCK)))
            .withExporters(ExporterBlock.read(fields.at(EXPORTERS)))
            .withCluster(ClusterBlock.read(fields.at(CLUSTER).fields(ClusterBlock.BLOCK)));
    checkListeners(fields, config);
    return config;
  }

  /** Whoever writes the name means to shut something, and may have commented out the rest. */
  private static void reportHollow(Fields fields, Part guard) {
    fields
        .report()
        .problem(guard.name(), "nothing below it", "its keys, or no \"" + guard.name() + ":\"");
  }

  /** Whether some provider may serve a model. */
  static boolean isServed(Config config, String model) {
    return config.providers().stream()
        .map(ProviderEntry::options)
        .anyMatch(
            provider -> {
              List<String> models = provider.models();
              return models == null
                  || models.contains(model)
                  || provider.modelAliases().containsKey(model)
                  || provider.name().equals(model);
            });
  }

  private static HttpOptions http(Fields fields, AuthOptions auth) {
    Fields http = fields.at(HTTP).fields(ConnectionBlock.BLOCK);
    return new HttpOptions(
        fields.get(LISTEN),
        HttpBlock.tls(fields.at(TLS)).orElse(null),
        auth,
        HttpBlock.limits(fields.at(LIMITS).fields(HttpBlock.LIMITS)),
        ConnectionBlock.read(http),
        ConnectionBlock.origins(http));
  }

  /** The providers of the file; {@code pathsByName} gets their names. */
  private static Config withProviders(
      Config config, Fields fields, boolean callersKeyPassesOn, Map<String, String> pathsByName) {
    CircuitOptions circuit =
        CircuitBlock.read(
            fields.at(CIRCUIT_BREAKER).fields(CircuitBlock.BLOCK), CircuitOptions.defaults());
    Node providers = fields.at(PROVIDERS);
    if (providers.absent() || (providers.isList() && providers.items().isEmpty())) {
      String found = providers.absent() ? "missing" : "[]";
      fields.report().problem(providers.path(), found, "at least one provider");
    }
    List<ProviderEntry> entries = new ArrayList<>();
    for (Node item : providers.items()) {
      Fields provider = item.fields(ProviderBlock.BLOCK);
      ProviderOptions options = ProviderBlock.read(provider, callersKeyPassesOn);
      entries.add(
          new ProviderEntry(
              options,
              RateLimitBlock.read(
                  provider.at(ProviderBlock.RATE_LIMITS).fields(RateLimitBlock.BLOCK)),
              HealthBlock.read(provider.at(ProviderBlock.HEALTH_CHECK).fields(HealthBlock.BLOCK)),
              CircuitBlock.read(
                  provider.at(ProviderBlock.CIRCUIT_BREAKER).fields(CircuitBlock.BLOCK), circuit)));
      Uniqueness.check(provider.at(ProviderBlock.NAME), pathsByName);
    }
    if (!entries.isEmpty()
        && entries.stream()
            .allMatch(entry -> MissingKey.refused(entry.options(), callersKeyPassesOn))) {
      fields
          .report()
          .unlocked(
              providers.path(),
              "none can be called",
              "an api_key for one of them, since static_key mode passes no caller's key on");
    }
    return config.withCircuit(circuit).withProviders(entries);
  }

  /** Two listeners of one port are refused before one of them cannot bind. */
  private static void checkListeners(Fields fields, Config config) {
    ListenAddress listen = config.http().listen();
    ListenAddress management = config.managementListen();
    ListenAddress grpc = config.grpcListen();
    if (management != null && management.overlaps(listen)) {
      fields.at(MANAGEMENT_LISTEN).refuse("another address than listen, or none");
    }
    if (grpc != null
        && (grpc.overlaps(listen) || (management != null && grpc.overlaps(management)))) {
      fields.at(GRPC_LISTEN).refuse("another address than listen and management_listen");
    }
  }
}
