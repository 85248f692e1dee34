package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inference.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManagementDoorTest {

  @Test
  void health_is_on_the_door_of_the_api_by_default() {
    try (Gateway gateway = Gateway.start()) {
      WireAnswer health = gateway.get("/_infermux/health");

      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(gateway.listening().managementPort()).isNull();
    }
  }

  @Test
  void listener_of_its_own_takes_it_off_the_api() {
    try (Gateway gateway =
        Gateway.start(
            (config, upstream) ->
                config
                    .managementListen(new ListenAddress("127.0.0.1", 0))
                    .provider(Gateway.provider(upstream).build()))) {
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
  void token_guards_everything_but_health() {
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server = serve(vertx, Secret.of("the-token"));
      try (Wire wire = Wire.connect(server.actualPort())) {
        assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
        assertThat(wire.get("/_infermux/metrics").status()).isEqualTo(401);
        assertThat(wire.get("/_infermux/metrics", "Authorization: Bearer x").status())
            .isEqualTo(401);
        assertThat(wire.get("/_infermux/nope").status()).isEqualTo(401);
        assertThat(wire.get("/_infermux/metrics", "Authorization: Bearer the-token").body())
            .isEqualTo("a 1\n");
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void errors_have_the_shape_of_the_api() {
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server = serve(vertx, null);
      try (Wire wire = Wire.connect(server.actualPort())) {
        check(wire.get("/_infermux/nope"), 404, "not_found");
        check(wire.get("/_infermux/%zz"), 400, "invalid_request");
        check(wire.post("/_infermux/health", "x"), 405, "method_not_allowed");
        assertThat(wire.request("HEAD", "/_infermux/health", "").readHead().status())
            .isEqualTo(200);
      }
    } finally {
      vertx.close().await();
    }
  }

  private static void check(WireAnswer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("X-Infermux-Error", code);
    assertThat(answer.error().getString("code")).isEqualTo(code);
    assertThat(answer.error().fieldNames())
        .containsExactlyInAnyOrder("message", "type", "code", "param");
  }

  private static HttpServer serve(Vertx vertx, @Nullable Secret token) {
    ManagementViews views =
        accept ->
            Future.succeededFuture(new ManagementViews.Text("text/plain", Buffer.buffer("a 1\n")));
    return vertx
        .createHttpServer()
        .requestHandler(new ManagementDoor(vertx, views, token))
        .listen(0, "127.0.0.1")
        .await();
  }
}
