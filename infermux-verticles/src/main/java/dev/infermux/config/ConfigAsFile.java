package dev.infermux.config;

import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.inference.Secret;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A configuration that was built in code, as the file would have it, so that it can be checked. */
final class ConfigAsFile {

  private ConfigAsFile() {}

  static JsonObject json(Config config) {
    FileMap file = new FileMap();
    file.put("listen", config.http().listen());
    file.put("management_listen", config.managementListen());
    file.put("management", management(config.management()));
    file.put("grpc_listen", config.grpcListen());
    file.put(
        "limits",
        new FileMap()
            .put("max_body_bytes", config.http().limits().maxBodyBytes())
            .put("max_in_flight", config.http().limits().maxInFlight())
            .put("max_answer_bytes", config.http().limits().maxAnswerBytes())
            .put("max_buffered_bytes", config.http().limits().maxBufferedBytes())
            .put("max_waiting_events", config.http().limits().maxWaitingEvents())
            .put("hold_head", config.http().limits().holdHead())
            .put("keep_alive", config.http().limits().keepAlive())
            .put("per_caller", ProviderAsFile.caller(config.http().limits().perCaller())));
    file.put("http", connections(config.http()));
    file.put("auth", auth(config.http().auth()));
    file.put("circuit_breaker", ProviderAsFile.circuit(config.circuit()));
    file.put(
        "providers",
        config.providers().stream()
            .map(entry -> ProviderAsFile.of(entry, config.circuit()))
            .toList());
    file.put("routing", routing(config.routing()));
    file.put("pricing", PricesAsFile.of(config.pricing().overrides()));
    file.put("pricing_file", config.pricing().file());
    file.put("budgets", budgets(config.budgets()));
    file.put("cluster", cluster(config.cluster()));
    return new JsonObject(file.map());
  }

  private static FileMap cluster(ClusterOptions cluster) {
    ClusterOptions.Tls tls = cluster.tls();
    FileMap files =
        tls == null
            ? null
            : new FileMap()
                .put("cert_file", tls.certFile())
                .put("key_file", tls.keyFile())
                .put("ca_file", tls.caFile());
    return new FileMap()
        .put("enabled", cluster.enabled())
        .put("name", cluster.name())
        .put("host", cluster.host())
        .put("port", cluster.port())
        .put("bus_port", cluster.busPort())
        .put("members", cluster.members().isEmpty() ? null : cluster.members())
        .put("kubernetes", new FileMap().put("service_dns", cluster.serviceDns()))
        .put("expected", cluster.expected())
        .put("heartbeat", cluster.heartbeat())
        .put("failure_after", cluster.failureAfter())
        .put("tls", files)
        .put("remote_calls", cluster.remoteCalls());
  }

  private static FileMap management(ManagementOptions management) {
    return new FileMap()
        .put("token", secret(management.token()))
        .put("open", management.open())
        .put("hosts", management.hosts().isEmpty() ? null : management.hosts());
  }

  private static FileMap connections(HttpOptions http) {
    ConnectionOptions connections = http.connections();
    FileMap cors = new FileMap().put("origins", http.corsOrigins());
    int perAddress = connections.maxConnectionsPerAddress();
    return new FileMap()
        .put("head_timeout", connections.headTimeout())
        .put("body_timeout", connections.bodyTimeout())
        .put("idle_timeout", connections.idleTimeout())
        .put("write_timeout", connections.writeTimeout())
        .put("tls_handshake_timeout", connections.handshakeTimeout())
        .put("max_connections", connections.maxConnections())
        .put("max_connections_per_address", perAddress == 0 ? null : perAddress)
        .put("cors", http.corsOrigins().isEmpty() ? null : cors);
  }

  private static FileMap auth(AuthOptions auth) {
    return new FileMap()
        .put("mode", auth.mode().wireName())
        .put("key", secret(auth.key()))
        .put(
            "keys",
            auth.keys().isEmpty() ? null : auth.keys().stream().map(ConfigAsFile::key).toList())
        .put("mist_secret", secret(auth.mistSecret()))
        .put("keys_file", auth.keysFile());
  }

  private static FileMap key(CallerKey key) {
    return new FileMap()
        .put("key", secret(key.key()))
        .put("caller", key.caller())
        .put("project", key.project())
        .put("env", key.env())
        .put("limits", key.limits() == null ? null : ProviderAsFile.caller(key.limits()));
  }

  private static @Nullable String secret(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }

  private static FileMap routing(RoutingOptions routing) {
    return new FileMap()
        .put("strategy", routing.strategy().wireName())
        .put(
            "least_latency",
            new FileMap()
                .put("ewma_decay", routing.leastLatency().ewmaDecay())
                .put("min_samples", routing.leastLatency().minSamples()))
        .put(
            "retry",
            new FileMap()
                .put("attempts", routing.retry().attempts())
                .put("backoff", routing.retry().backoff())
                .put("max_retry_after", routing.retry().maxRetryAfter()))
        .put(
            "failover",
            new FileMap()
                .put("enabled", routing.failover().enabled())
                .put("max_attempts", routing.failover().maxAttempts())
                .put("mid_stream", routing.failover().midStream().wireName()))
        .put("response_model", routing.responseModel().wireName())
        .put("groups", routing.groups().stream().map(ConfigAsFile::group).toList());
  }

  private static FileMap group(GroupOptions group) {
    RoutingStrategy own = group.strategy();
    return new FileMap()
        .put("name", group.name())
        .put("models", group.models())
        .put("strategy", own == null ? null : own.wireName())
        .put("providers", group.providers().isEmpty() ? null : group.providers());
  }

  private static FileMap budgets(BudgetOptions budgets) {
    return new FileMap()
        .put("state_file", budgets.stateFile())
        .put("reserve_output_tokens", budgets.reserveOutputTokens())
        .put("tracked_callers", budgets.trackedCallers())
        .put("unpriced", budgets.unpriced().wireName())
        .put("shared", SharedBudgetsAsFile.of(budgets.shared()))
        .put("callers", budgets.callers().stream().map(ConfigAsFile::budget).toList());
  }

  private static FileMap budget(CallerBudget budget) {
    return new FileMap()
        .put("caller", budget.caller())
        .put("monthly_usd", budget.monthlyUsd())
        .put("action", budget.action().wireName())
        .put("model_override", budget.modelOverride());
  }
}
