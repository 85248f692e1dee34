package dev.infermux.cli;

import dev.infermux.BoundPorts;
import dev.infermux.Version;
import dev.infermux.cli.process.Plural;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import dev.infermux.network.ProxyServer;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** What a server says when it serves: version, configuration, providers, addresses. */
record StartReport(
    Optional<Path> file,
    Config config,
    BoundPorts listening,
    Map<String, HealthView> health,
    Network network,
    String transport) {

  /** For people. */
  void print(PrintWriter out) {
    out.println("InferMux " + Version.current());
    file.ifPresentOrElse(
        path -> out.println("configuration: " + path.toAbsolutePath().normalize()),
        () ->
            out.println("no configuration file: using the built-in echo provider, model echo-v1"));
    config.providers().forEach(entry -> out.println("provider " + describe(entry)));
    collectors().forEach((url, way) -> out.println("telemetry to " + url + " " + way));
    url().ifPresent(url -> out.println("listening on " + url));
    managementUrl().ifPresent(url -> out.println("management on " + url));
    grpcAddress().ifPresent(address -> out.println("infermux gRPC listening on " + address));
    if (file.isEmpty()) {
      out.println(
          "next step: describe your providers in infermux.yml"
              + url().map(StartReport::trial).orElse(""));
    }
    out.flush();
  }

  private static String trial(String url) {
    return "; or try the echo now:\n  curl "
        + url
        + "/v1/chat/completions -d '{\"model\":\"echo-v1\",\"messages\":"
        + "[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
  }

  /** In one line. */
  String summary() {
    int providers = config.providers().size();
    String address = url().or(this::grpcAddress).map(at -> ", listening on " + at).orElse("");
    return Plural.of(providers, "provider") + address;
  }

  /** For programs: one event with the same facts. */
  void log() {
    LoggingEventBuilder started =
        ServeCommand.LOG
            .atInfo()
            .addKeyValue("version", Version.current())
            .addKeyValue("configuration", file.map(Path::toString).orElse("built-in echo"))
            .addKeyValue(
                "providers",
                config.providers().stream()
                    .map(entry -> entry.options().name())
                    .collect(Collectors.joining(",")))
            .addKeyValue("unhealthy", unhealthy())
            .addKeyValue("transport", transport);
    String proxies = proxies();
    if (!proxies.isEmpty()) {
      started = started.addKeyValue("proxies", proxies);
    }
    Map<String, Optional<String>> listening = new LinkedHashMap<>();
    listening.put("listen", url());
    listening.put("management_listen", managementUrl());
    listening.put("grpc_listen", grpcAddress());
    for (var address : listening.entrySet()) {
      if (address.getValue().isPresent()) {
        started = started.addKeyValue(address.getKey(), address.getValue().get());
      }
    }
    started.log("started");
  }

  private String describe(ProviderEntry entry) {
    ProviderOptions options = entry.options();
    String models = options.models() == null ? "any model" : String.join(", ", options.models());
    String text = options.name() + " (" + options.type().wireName() + "): " + models;
    HealthView found = health.get(options.name());
    String described = found == null ? text : text + " (" + describe(found) + ")";
    ProxyServer proxy = proxy(options);
    return proxy == null ? described : described + " through the proxy " + proxy;
  }

  private @Nullable ProxyServer proxy(ProviderOptions options) {
    return options.type().remote()
        ? network.reach(options.baseUrl(), options.network()).proxy()
        : null;
  }

  /** The way to each collector that a proxy is meant to lead to. */
  private Map<URI, String> collectors() {
    TelemetryOptions telemetry = config.telemetry();
    Map<URI, String> ways = new LinkedHashMap<>();
    if (telemetry.tokentrace() != null) {
      URI url = telemetry.tokentrace().url();
      collector(url).ifPresent(proxy -> ways.put(url, "through the proxy " + proxy));
    }
    Otlp otlp = telemetry.otlp();
    if (otlp != null) {
      collector(otlp.endpoint()).ifPresent(proxy -> ways.put(otlp.endpoint(), way(otlp, proxy)));
    }
    return ways;
  }

  /** OpenTelemetry's exporters do not know all that other clients do. */
  private static String way(Otlp otlp, ProxyServer proxy) {
    if (otlp.protocol() == Protocol.GRPC) {
      return "directly, not through the proxy " + proxy + ": OTLP over gRPC knows none";
    }
    boolean named = proxy.user() != null;
    return "through the proxy " + proxy + (named ? ", without its credentials" : "");
  }

  private Optional<ProxyServer> collector(URI url) {
    return Optional.ofNullable(network.reach(url, NetworkOptions.defaults()).proxy());
  }

  private String proxies() {
    return config.providers().stream()
        .map(ProviderEntry::options)
        .filter(options -> proxy(options) != null)
        .map(options -> options.name() + ": " + proxy(options))
        .collect(Collectors.joining(", "));
  }

  private static String describe(HealthView found) {
    if (found.checkedAt() == null) {
      return "not checked";
    }
    String remark = found.remark();
    return (found.healthy() ? "healthy" : "unhealthy") + (remark.isEmpty() ? "" : ": " + remark);
  }

  private String unhealthy() {
    return health.entrySet().stream()
        .filter(provider -> !provider.getValue().healthy())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(","));
  }

  /** Empty where HTTP is not served. */
  private Optional<String> url() {
    int port = listening.port();
    String scheme = config.http().tls() == null ? "http" : "https";
    return port == 0 ? Optional.empty() : Optional.of(url(scheme, config.http().listen(), port));
  }

  /** As it was given, with the port that was bound. */
  private Optional<String> grpcAddress() {
    ListenAddress address = config.grpcListen();
    Integer port = listening.grpcPort();
    return address == null || port == null
        ? Optional.empty()
        : Optional.of(new ListenAddress(address.host(), port).toString());
  }

  private Optional<String> managementUrl() {
    ListenAddress address = config.managementListen();
    Integer port = listening.managementPort();
    return address == null || port == null
        ? Optional.empty()
        : Optional.of(url("http", address, port));
  }

  private static String url(String scheme, ListenAddress address, int port) {
    boolean everywhere = address.host().equals(ListenAddress.ALL_INTERFACES);
    return scheme + "://" + new ListenAddress(everywhere ? "localhost" : address.host(), port);
  }
}
