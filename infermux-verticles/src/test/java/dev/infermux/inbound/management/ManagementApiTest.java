package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inference.Secret;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ManagementApiTest {

  @Test
  void health_is_on_the_listener_of_the_api_by_default(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      WireAnswer health = gateway.get("/_infermux/health");

      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(gateway.listening().managementPort()).isNull();
    }
  }

  @Test
  void listener_of_its_own_takes_it_off_the_api(Vertx vertx) {
    try (Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)))) {
      Integer apart = gateway.listening().managementPort();

      assertThat(apart).isNotNull().isNotEqualTo(gateway.port());
      assertThat(gateway.get("/_infermux/health").status()).isEqualTo(404);
      try (Wire wire = Wire.connect(apart)) {
        assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
        assertThat(wire.get("/v1/models").status()).isEqualTo(404);
      }
    }
  }

  @Test
  void token_guards_everything_but_health_and_ready(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, Secret.of("the-token"));
        Wire wire = Wire.connect(views.port())) {
      assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
      assertThat(wire.get("/_infermux/ready").status()).isEqualTo(200);
      for (String path : List.of("metrics", "status", "providers", "nope")) {
        check(wire.get("/_infermux/" + path), 401, "invalid_api_key");
      }
      check(wire.get("/_infermux/metrics", "Authorization: Bearer x"), 401, "invalid_api_key");
      check(wire.post("/_infermux/providers/a/circuit/open", ""), 401, "invalid_api_key");
      assertThat(wire.get("/_infermux/metrics", "Authorization: Bearer the-token").body())
          .isEqualTo("a 1\n");
    }
  }

  @Test
  void scheme_of_the_token_is_read_in_any_case(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, Secret.of("the-token"));
        Wire wire = Wire.connect(views.port())) {
      assertThat(wire.get("/_infermux/status", "Authorization: bearer  the-token").status())
          .isEqualTo(200);
      assertThat(wire.get("/_infermux/status", "Authorization: BEARER the-token").status())
          .isEqualTo(200);
    }
  }

  @Test
  void errors_have_the_shape_of_the_api(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null).put(ScriptedViews.calm("a"));
        Wire wire = Wire.connect(views.port())) {
      check(wire.get("/_infermux/nope"), 404, "not_found");
      check(wire.get("/_infermux/a%ffb"), 404, "not_found");
      check(wire.post("/_infermux/health", "x"), 405, "method_not_allowed");
      assertThat(wire.request("HEAD", "/_infermux/health", "").readHead().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "costs?period=%zz", "costs?%=", "costs?period=2026-1%1"})
  void broken_escape_is_refused(String rest, Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      check(wire.get("/_infermux/" + rest), 400, "invalid_request");
    }
  }

  @Test
  void unknown_path_is_told_with_all_that_there_are(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      assertThat(wire.get("/_infermux/provider").error().getString("message"))
          .startsWith("path: \"/_infermux/provider\" (expected below /_infermux/: health | ")
          .contains("providers/{name}/circuit/reset");
    }
  }

  @Test
  void wrong_method_is_told_with_the_right_ones(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null).put(ScriptedViews.calm("a"));
        Wire wire = Wire.connect(views.port())) {
      WireAnswer reading = wire.request("DELETE", "/_infermux/providers", "").read();
      WireAnswer doing = wire.get("/_infermux/providers/a/circuit/open");

      check(reading, 405, "method_not_allowed");
      assertThat(reading.header("Allow")).isEqualTo("GET, HEAD, POST");
      check(doing, 405, "method_not_allowed");
      assertThat(doing.header("Allow")).isEqualTo("POST");
    }
  }

  @Test
  void ready_is_503_with_the_reason_and_200_without(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      assertThat(wire.get("/_infermux/ready").body()).isEqualTo("{\"status\":\"ready\"}");

      views.readiness(Readiness.not("starting"));
      WireAnswer not = wire.get("/_infermux/ready");
      check(not, 503, "not_ready");
      assertThat(not.error().getString("message")).isEqualTo("not ready: starting");
    }
  }

  @Test
  void status_is_the_gateway_in_numbers(Vertx vertx) {
    try (ScriptedViews views = new ScriptedViews(vertx, null);
        Wire wire = Wire.connect(views.port())) {
      assertThat(wire.get("/_infermux/status").body())
          .isEqualTo(
              "{\"version\":\"1.2.3\",\"uptime_seconds\":61,\"providers_healthy\":1,"
                  + "\"providers_total\":2,\"requests_total\":300,\"requests_last_minute\":30,"
                  + "\"errors_last_minute\":3,\"in_flight\":4,\"event_loop_lag_ms\":5,"
                  + "\"transport\":\"epoll\"}");
    }
  }

  private static void check(WireAnswer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("X-Infermux-Error", code);
    assertThat(answer.error().getString("code")).isEqualTo(code);
    assertThat(answer.error().fieldNames())
        .containsExactlyInAnyOrder("message", "type", "code", "param");
  }
}
