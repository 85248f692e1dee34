package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.ProviderStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider as a row of JSON. Ratios have four decimals, times are RFC 3339 in UTC, to the
 * millisecond.
 */
final class ProviderJson {

  private static final double RATIO_STEPS = 10_000;
  private static final double MILLI_STEPS = 10;

  private ProviderJson() {}

  /**
   * @param runtime whether it was added while the gateway runs
   */
  static JsonObject of(ProviderStatus provider, boolean runtime) {
    return of(provider).put("origin", runtime ? "runtime" : "file");
  }

  private static JsonObject of(ProviderStatus provider) {
    ProviderStatus.Health health = provider.health();
    ProviderStatus.Circuit circuit = provider.circuit();
    ProviderStatus.Traffic traffic = provider.traffic();
    JsonObject row =
        new JsonObject()
            .put("name", provider.name())
            .put("type", provider.type())
            .put("healthy", health.healthy())
            .put("circuit", circuit.state())
            .put("error_rate", rounded(circuit.errorRate(), RATIO_STEPS))
            .put("p95_latency_ms", circuit.p95LatencyMillis())
            .put("requests_last_minute", traffic.requestsLastMinute())
            .put("models", provider.models() == null ? null : new JsonArray(provider.models()))
            .put("rate_limit_headroom_rpm", traffic.headroomRpm())
            .put("rate_limit_headroom_tpm", traffic.limits().tokensLeft())
            .put("rate_limit_rpm", traffic.limits().requests())
            .put("rate_limit_tpm", traffic.limits().tokens())
            .put("model_aliases", new JsonObject(new LinkedHashMap<>(provider.modelAliases())))
            .put("last_health_check", text(health.checkedAt()))
            .put("ewma_latency_ms", rounded(traffic.ewmaLatencyMillis(), MILLI_STEPS))
            .put("in_flight", traffic.inFlight());
    exceptions(row, provider);
    return row;
  }

  /** What is said only while it holds. */
  private static void exceptions(JsonObject row, ProviderStatus provider) {
    ProviderStatus.Health health = provider.health();
    ProviderStatus.Circuit circuit = provider.circuit();
    ProviderStatus.Traffic traffic = provider.traffic();
    tell(health, row);
    if (circuit.openedAt() != null) {
      row.put("circuit_opened_at", text(circuit.openedAt()));
    }
    if (circuit.recoveryAt() != null) {
      row.put("circuit_recovery_at", text(circuit.recoveryAt()));
    }
    if (!circuit.models().isEmpty()) {
      row.put("model_circuits", new JsonObject(new LinkedHashMap<>(circuit.models())));
    }
    if (!traffic.leftAlone().isEmpty()) {
      row.put(
          "cooldowns",
          new JsonArray(traffic.leftAlone().stream().map(ProviderJson::cooldown).toList()));
    }
  }

  private static void tell(ProviderStatus.Health health, JsonObject row) {
    if (!health.healthy()) {
      row.put("unhealthy_reason", health.reason());
    }
    if (!health.advice().isEmpty()) {
      row.put("advice", health.advice());
    }
  }

  private static JsonObject cooldown(ProviderStatus.LeftAlone rest) {
    return new JsonObject()
        .put("model", rest.model().isEmpty() ? null : rest.model())
        .put("reason", rest.reason())
        .put("seconds_left", Math.max(1, rest.left().plusMillis(999).toSeconds()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static double rounded(double value, double steps) {
    return Math.round(value * steps) / steps;
  }
}
