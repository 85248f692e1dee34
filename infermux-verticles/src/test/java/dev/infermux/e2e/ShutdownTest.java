package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers see who outlive the grace of a shutdown. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ShutdownTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String MODEL = "\"model\":\"" + Gateway.MODEL + "\",";
  private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    LimitsOptions early = LimitsOptions.defaults().withHoldHead(Duration.ofMillis(50));
    gateway = Gateway.start(vertx, http -> http.withLimits(early));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private void drain(int millis) {
    draining(millis).await();
  }

  private Future<Void> draining(int millis) {
    return gateway.inferMux().drain(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions | 'messages' | event: error | [DONE]",
        "/v1/messages | 'max_tokens':9,'messages' | event: error | message_stop",
        "/api/chat | 'messages' | {\"error\": | \"done\":true",
      })
  void stream_ends_with_the_error_of_its_dialect(
      String path, String field, String error, String end) {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("so far")).thenSilence());
    String body = "{" + MODEL + "\"stream\":true," + field.replace('\'', '"') + ":" + HI + "}";

    try (Wire wire = gateway.connect().request("POST", path, body)) {
      String begun = wire.readUntil("so far");
      Future<Void> drained = draining(20);
      String rest = wire.readUntil("\r\n0\r\n");
      assertThat(begun + rest).startsWith("HTTP/1.1 200");
      assertThat(rest).contains(error, "stops before the answer is whole").doesNotContain(end);
      drained.await();
      int trailers = 0;
      while (!wire.ended()) {
        trailers++;
      }
      assertThat(trailers).isLessThan(1_000);
    }
  }

  @Test
  void head_that_went_out_before_any_content_is_followed_by_the_error() {
    gateway.upstream().next(MockAnswer.silence());

    try (Wire wire = gateway.connect().request("POST", CHAT, Texts.stream(Gateway.MODEL, "Hi"))) {
      wire.readUntil(": keep-alive\n\n");
      drain(20);

      assertThat(wire.readUntil("\r\n0\r\n")).contains("event: error").doesNotContain("[DONE]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void whole_answer_that_has_not_come_is_refused_and_may_be_asked_for_again(int grace) {
    gateway.upstream().next(MockAnswer.silence());

    try (Wire wire = gateway.connect().request("POST", CHAT, Texts.chat(Gateway.MODEL, "Hi"))) {
      await().until(() -> !gateway.upstream().requests().isEmpty());
      drain(grace);
      WireAnswer answer = wire.read();

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error().getString("code")).isEqualTo("overloaded");
      assertThat(answer.headers()).containsEntry("Retry-After", "1");
      assertThat(wire.ended()).isTrue();
    }
  }

  @Test
  void answer_within_the_grace_is_whole_and_ends_the_wait() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway
        .upstream()
        .next(
            MockAnswer.events(Texts.role(), Texts.delta("so far"))
                .thenAfter(gate, Texts.finish(), "[DONE]"));

    try (Wire wire = gateway.connect().request("POST", CHAT, Texts.stream(Gateway.MODEL, "Hi"))) {
      wire.readUntil("so far");
      Future<Void> drained = draining(600_000);
      gate.complete(null);

      assertThat(wire.readUntil("\r\n0\r\n")).contains("[DONE]").doesNotContain("event: error");
      drained.await();
    }
  }
}
