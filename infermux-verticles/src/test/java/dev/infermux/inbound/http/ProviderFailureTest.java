package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class ProviderFailureTest {

  private static final String CHAT = Texts.chat(Gateway.MODEL, "Hi");
  private static final String STREAM = Texts.stream(Gateway.MODEL, "Hi");

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(1_000))
                    .withProvider(Gateway.provider(upstream).withTimeout(Duration.ofMillis(600))));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, unsupported_value",
    "404, 404, unsupported_value",
    "413, 413, unsupported_value",
    "422, 422, unsupported_value",
    "401, 401, unsupported_value",
    "429, 429, rate_limit",
    "500, 502, upstream_error",
    "503, 502, upstream_error"
  })
  void status_of_the_provider_becomes_the_callers(int theirs, int ours, String code) {
    String error =
        "{\"error\":{\"message\":\"it says why\",\"type\":\"t\",\"param\":\"temperature\","
            + "\"code\":\"unsupported_value\"}}";
    for (String body : new String[] {CHAT, STREAM}) {
      gateway.upstream().next(MockAnswer.json(theirs, error));

      WireAnswer answer =
          gateway.post("/v1/chat/completions", body, "Authorization: Bearer sk-caller");

      assertThat(answer.status()).isEqualTo(ours);
      ErrorShape.check(answer, code);
      assertThat(answer.error().getString("message")).contains("it says why");
    }
  }

  @Test
  void wait_that_the_provider_asks_for_passes_on() {
    gateway
        .upstream()
        .next(
            MockAnswer.json(429, "{\"error\":{\"message\":\"slow\"}}").header("retry-after", "7"));

    WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

    assertThat(answer.headers()).containsEntry("Retry-After", "7");
  }

  @Test
  void what_a_retry_cannot_mend_says_so() {
    gateway.upstream().next(MockAnswer.json(500, "{}"));

    WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

    assertThat(answer.headers()).containsEntry("x-should-retry", "false");
  }

  @Test
  void nonsense_of_a_provider_is_not_repeated() {
    for (MockAnswer nonsense :
        new MockAnswer[] {
          MockAnswer.html(200),
          MockAnswer.html(502),
          MockAnswer.empty(200),
          MockAnswer.json("[1]"),
          MockAnswer.json("{\"choices\":"),
          MockAnswer.redirect("http://169.254.169.254/"),
          MockAnswer.json(Texts.CHAT_ANSWER).cutAfter(80)
        }) {
      gateway.upstream().next(nonsense);

      WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

      assertThat(answer.status()).as(answer.body()).isEqualTo(502);
      ErrorShape.check(answer, "upstream_error");
      assertThat(answer.body()).doesNotContain("<html>").doesNotContain("169.254");
    }
  }

  @Test
  void a_fresh_connection_that_breaks_is_a_failure() {
    for (MockAnswer broken : new MockAnswer[] {MockAnswer.reset(), MockAnswer.close()}) {
      gateway.upstream().next(broken);

      ErrorShape.check(gateway.post("/v1/chat/completions", CHAT), "upstream_error");
    }
  }

  @Test
  void code_of_a_provider_cannot_break_the_head() {
    String error =
        "{\"error\":{\"message\":\"m\",\"code\":\"a\\r\\nSet-Cookie: b \u00e9\\u0000\"}}";
    gateway.upstream().next(MockAnswer.json(400, error));

    WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie").containsKey("X-Infermux-Error");
  }

  @Test
  void silent_provider_is_a_timeout() {
    gateway.upstream().next(MockAnswer.silence());

    WireAnswer answer = gateway.post("/v1/chat/completions", CHAT);

    assertThat(answer.status()).isEqualTo(504);
    ErrorShape.check(answer, "upstream_timeout");
  }

  @Test
  void cut_stream_ends_with_a_named_error_and_no_done() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenReset());
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.post("/v1/chat/completions", STREAM);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("Hel").doesNotContain("[DONE]");
      String last = answer.body().substring(answer.body().lastIndexOf("event: "));
      assertThat(last).startsWith("event: error\ndata: {\"error\":").endsWith("}\n\n");
      assertThat(last).contains("\"code\":\"upstream_error\"");
      assertThat(answer.trailers()).containsKey("X-Infermux-Cost");
    }
  }

  @Test
  void stream_that_breaks_before_its_first_event_is_a_plain_error() {
    gateway.upstream().next(MockAnswer.events().thenReset());

    WireAnswer answer = gateway.post("/v1/chat/completions", STREAM);

    assertThat(answer.status()).isEqualTo(502);
    ErrorShape.check(answer, "upstream_error");
  }
}
