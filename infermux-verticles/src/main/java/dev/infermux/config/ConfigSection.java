package dev.infermux.config;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of a configuration besides the providers, under the keys of the file. */
public enum ConfigSection {
  LISTEN("listen", false, config -> config.http().listen()),
  TLS("tls", false, config -> config.http().tls()),
  AUTH("auth", false, config -> config.http().auth()),
  LIMITS("limits", false, config -> config.http().limits()),
  HTTP("http", false, config -> List.of(config.http().connections(), config.http().corsOrigins())),
  MANAGEMENT_LISTEN("management_listen", false, Config::managementListen),
  MANAGEMENT("management", false, Config::management),
  GRPC_LISTEN("grpc_listen", false, Config::grpcListen),
  LOG("log", false, Config::log),
  /** The providers of a file have it merged into policies of their own. */
  CIRCUIT_BREAKER("circuit_breaker", true, Config::circuit),
  STRATEGY("routing.strategy", true, config -> config.routing().strategy()),
  GROUPS("routing.groups", true, config -> config.routing().groups()),
  LEAST_LATENCY("routing.least_latency", false, config -> config.routing().leastLatency()),
  RETRY("routing.retry", false, config -> config.routing().retry()),
  FAILOVER("routing.failover", false, config -> config.routing().failover()),
  RESPONSE_MODEL("routing.response_model", false, config -> config.routing().responseModel()),
  PRICING("pricing", false, Config::pricing),
  BUDGETS("budgets", false, Config::budgets),
  TELEMETRY("telemetry", false, Config::telemetry);

  private final String key;
  private final boolean replaceable;

  @SuppressWarnings("ImmutableEnumChecker") // The functions capture nothing.
  private final Function<Config, @Nullable Object> part;

  ConfigSection(String key, boolean replaceable, Function<Config, @Nullable Object> part) {
    this.key = key;
    this.replaceable = replaceable;
    this.part = part;
  }

  /** Where it stands in the file. */
  public String key() {
    return key;
  }

  /** Whether a running InferMux takes a new value without a restart. */
  public boolean replaceable() {
    return replaceable;
  }

  boolean differs(Config former, Config next) {
    return !Objects.equals(part.apply(former), part.apply(next));
  }
}
