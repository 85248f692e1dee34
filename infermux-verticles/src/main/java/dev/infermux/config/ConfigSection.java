package dev.infermux.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a configuration besides the providers, under the keys of the file, and whether a
 * running InferMux takes a new value.
 */
public enum ConfigSection {
  LISTEN("listen", "a socket is bound at the start", config -> config.http().listen()),
  MANAGEMENT_LISTEN(
      "management_listen", "a socket is bound at the start", Config::managementListen),
  GRPC_LISTEN("grpc_listen", "a socket is bound at the start", Config::grpcListen),
  TLS("tls", "a socket speaks TLS or does not", config -> config.http().tls() != null),
  /** The paths and what stands in the files. */
  CERTIFICATES("tls.cert_file, tls.key_file", config -> config.http().tls()),
  AUTH("auth", config -> config.http().auth().withKeysFile(null)),
  KEYS_FILE(
      "auth.keys_file",
      "keys are read from it at the start",
      config -> Objects.requireNonNullElse(config.http().auth().keysFile(), List.of())),
  LIMITS("limits", config -> config.http().limits()),
  HTTP(
      "http",
      "the connections that are open were accepted under it",
      config -> config.http().connections()),
  CORS("http.cors", config -> config.http().corsOrigins()),
  MANAGEMENT("management", Config::management),
  LOG("log", Config::log),
  /** The providers of a file have it merged into policies of their own. */
  CIRCUIT_BREAKER("circuit_breaker", Config::circuit),
  STRATEGY("routing.strategy", config -> config.routing().strategy()),
  GROUPS("routing.groups", config -> config.routing().groups()),
  LEAST_LATENCY("routing.least_latency", config -> config.routing().leastLatency()),
  RETRY("routing.retry", config -> config.routing().retry()),
  FAILOVER("routing.failover", config -> config.routing().failover()),
  RESPONSE_MODEL("routing.response_model", config -> config.routing().responseModel()),
  /** The prices of the file and those of the price list. */
  PRICING("pricing, pricing_file", Config::pricing),
  BUDGETS("budgets", config -> config.budgets().withStateFile(null).withShared(null)),
  STATE_FILE(
      "budgets.state_file",
      "what was spent is read from it at the start",
      config -> Objects.requireNonNullElse(config.budgets().stateFile(), List.of())),
  SHARED_BUDGETS(
      "budgets.shared",
      "its database is connected at the start",
      config -> Objects.requireNonNullElse(config.budgets().shared(), List.of())),
  TELEMETRY("telemetry", "exporters are made at the start", Config::telemetry),
  EXPORTERS("exporters", "they are deployed at the start", Config::exporters),
  CLUSTER("cluster", "a node joins at the start", Config::cluster),
  /** Their order: what else has changed of them is told by their names. */
  PROVIDERS("providers", Config::providers) {
    @Override
    boolean differs(Config former, Config next) {
      return ProviderChanges.moved(former.providers(), next.providers());
    }
  };

  private final String key;
  private final String restart;

  @SuppressWarnings("ImmutableEnumChecker") // The functions capture nothing.
  private final Function<Config, @Nullable Object> part;

  ConfigSection(String key, Function<Config, @Nullable Object> part) {
    this(key, "", part);
  }

  /**
   * @param restart why a new value needs one
   */
  ConfigSection(String key, String restart, Function<Config, @Nullable Object> part) {
    this.key = key;
    this.restart = restart;
    this.part = part;
  }

  /** Where it stands in the file. */
  public String key() {
    return key;
  }

  /** Whether a running InferMux takes a new value without a restart. */
  public boolean replaceable() {
    return restart.isEmpty();
  }

  /** Why a new value needs a restart; empty where it does not. */
  public String whyRestart() {
    return restart;
  }

  boolean differs(Config former, Config next) {
    return !Objects.equals(part.apply(former), part.apply(next));
  }
}
