package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class RoutesTest {

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/v1", "/v1/nope", "/v1/chat", "/v2/models", "/_infermux", "/v1/%7a", "*"})
  void unknown_route_is_not_found_and_the_connection_lives_on(String path) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.get(path);
      WireAnswer next = wire.get("/v1/models");

      assertThat(answer.status()).isEqualTo(404);
      ErrorShape.check(answer, "not_found");
      assertThat(answer.error().getString("message")).contains(path).contains("/v1/models");
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions, POST",
    "DELETE, /v1/completions, POST",
    "OPTIONS, /v1/chat/completions, POST",
    "GET, /infer, POST",
    "PUT, /mist, POST",
    "DELETE, /v1/models, 'GET, HEAD'",
    "PATCH, /v1/models/gpt-4o, 'GET, HEAD'",
    "BREW, /providers, 'GET, HEAD'"
  })
  void wrong_method_is_answered_with_the_right_one(String method, String path, String allowed) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.request(method, path, "").read();
      WireAnswer next = wire.get("/v1/models");

      assertThat(answer.status()).isEqualTo(405);
      ErrorShape.check(answer, "method_not_allowed");
      assertThat(answer.headers()).containsEntry("Allow", allowed);
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @Test
  void offer_of_h2c_is_ignored_body_and_all() {
    WireAnswer answer =
        gateway.post(
            "/v1/chat/completions",
            Texts.chat("echo-v1", "Hi"),
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("echo: Hi");
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    try (Wire wire = gateway.connect()) {
      wire.request("POST", "/v1/chat/completions", Texts.chat(Gateway.MODEL, "slow"))
          .request("POST", "/v1/chat/completions", "{}")
          .request("POST", "/v1/chat/completions", Texts.stream("echo-v1", "third"))
          .request("GET", "/v1/models/echo-v1", "");
      gate.complete(null);

      assertThat(wire.read().body()).isEqualTo(Texts.CHAT_ANSWER);
      assertThat(wire.read().status()).isEqualTo(400);
      assertThat(wire.read().events()).endsWith("[DONE]");
      assertThat(wire.read().json().getString("id")).isEqualTo("echo-v1");
    }
  }

  @Test
  void http_1_0_caller_is_served_and_let_go() {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send("GET /v1/models/echo-v1 HTTP/1.0\r\n\r\n").read();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(wire.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/models/echo-v1, 200",
    "GET //v1/models, 200",
    "GET /v1/nope, 404",
    "PUT /providers, 405"
  })
  void http_1_0_caller_that_names_no_host_is_served(String request, int status) {
    try (Wire wire = gateway.connect()) {
      assertThat(wire.send(request + " HTTP/1.0\r\n\r\n").read().status()).isEqualTo(status);
    }
  }
}
