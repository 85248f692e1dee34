package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.management.view.ProviderStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ProvidersEndpointTest {

  private static final Instant RECOVERY = Instant.parse("2026-11-21T15:00:30.123456789Z");

  private ScriptedViews views;

  @BeforeEach
  void open(Vertx vertx) {
    views = new ScriptedViews(vertx, null);
  }

  @AfterEach
  void close() {
    views.close();
  }

  @Test
  void a_calm_provider_has_null_for_what_has_no_limit_and_no_times_of_a_circuit() {
    views.put(ScriptedViews.calm("a"));

    assertThat(get("/_infermux/providers").body())
        .isEqualTo(
            "[{\"name\":\"a\",\"type\":\"openai\",\"healthy\":true,\"circuit\":\"closed\","
                + "\"error_rate\":0.0,\"p95_latency_ms\":0,\"requests_last_minute\":0,"
                + "\"models\":[\"m-1\",\"m-2\"],\"rate_limit_headroom_rpm\":null,"
                + "\"rate_limit_headroom_tpm\":null,\"rate_limit_rpm\":null,\"rate_limit_tpm\":null,"
                + "\"model_aliases\":{},\"last_health_check\":null,\"ewma_latency_ms\":0.0,"
                + "\"in_flight\":0,\"origin\":\"file\"}]");
  }

  @Test
  void an_open_circuit_says_since_when_and_until_when() {
    views.put(ScriptedViews.open("a", RECOVERY));

    assertThat(get("/_infermux/providers/a").json().getMap())
        .containsEntry("circuit", "open")
        .containsEntry("error_rate", 0.75)
        .containsEntry("p95_latency_ms", 1840)
        .containsEntry("rate_limit_headroom_rpm", 48)
        .containsEntry("ewma_latency_ms", 950.0)
        .containsEntry("circuit_opened_at", "2026-11-21T15:00:00.123Z")
        .containsEntry("circuit_recovery_at", "2026-11-21T15:00:30.123Z");
  }

  @Test
  void an_unhealthy_provider_says_why_and_when_it_was_checked() {
    ProviderStatus calm = ScriptedViews.calm("a");
    views.put(
        new ProviderStatus(
            "a",
            "openai",
            null,
            Map.of("fast", "m-1"),
            new ProviderStatus.Health(false, "connection refused", RECOVERY),
            calm.circuit(),
            calm.traffic()));

    assertThat(get("/_infermux/providers/a").json().getMap())
        .containsEntry("healthy", false)
        .containsEntry("unhealthy_reason", "connection refused")
        .containsEntry("last_health_check", "2026-11-21T15:00:30.123Z")
        .containsEntry("models", null)
        .containsEntry("model_aliases", Map.of("fast", "m-1"));
  }

  @Test
  void rows_are_in_declared_order() {
    List.of("z", "a", "m").forEach(name -> views.put(ScriptedViews.calm(name)));

    assertThat(new JsonArray(get("/_infermux/providers").body()))
        .extracting(row -> ((io.vertx.core.json.JsonObject) row).getString("name"))
        .containsExactly("z", "a", "m");
  }

  @Test
  void turning_a_circuit_answers_with_the_new_row() {
    views.put(ScriptedViews.calm("a/b"));

    assertThat(post("/_infermux/providers/a%2Fb/circuit/open").json().getString("circuit"))
        .isEqualTo("open");
    assertThat(post("/_infermux/providers/a%2Fb/circuit/close").json().getString("circuit"))
        .isEqualTo("closed");
  }

  @Test
  void an_unknown_provider_is_told_with_the_known_ones() {
    views.put(ScriptedViews.calm("a")).put(ScriptedViews.calm("b"));

    for (WireAnswer answer :
        List.of(get("/_infermux/providers/c"), post("/_infermux/providers/c/circuit/reset"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.error().getString("code")).isEqualTo("not_found");
      assertThat(answer.error().getString("message"))
          .isEqualTo("provider: \"c\" (expected: a | b)");
    }
  }

  private WireAnswer get(String path) {
    try (Wire wire = Wire.connect(views.port())) {
      return wire.get(path);
    }
  }

  private WireAnswer post(String path) {
    try (Wire wire = Wire.connect(views.port())) {
      return wire.post(path, "");
    }
  }
}
