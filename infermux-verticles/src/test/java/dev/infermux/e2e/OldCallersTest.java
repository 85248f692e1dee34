package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.0 has no chunks: a stream ends with its connection. */
@ExtendWith(VertxExtension.class)
class OldCallersTest {

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private static String request(String body, String headers) {
    return "POST /v1/chat/completions HTTP/1.0\r\nHost: t\r\n"
        + headers
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
  void stream_ends_by_closing(String headers) {
    gateway.upstream().next(Texts.streamAnswer());

    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send(request(Texts.stream(Gateway.MODEL, "Hi"), headers)).read();

      assertThat(answer.headers())
          .containsEntry("connection", "close")
          .doesNotContainKeys("transfer-encoding", "trailer");
      assertThat(answer.body()).endsWith("data: [DONE]\n\n");
      assertThat(wire.ended()).isTrue();
    }
  }

  @Test
  void broken_stream_ends_with_its_error_event() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hello")).thenReset());

    try (Wire wire = gateway.connect()) {
      WireAnswer answer =
          wire.send(request(Texts.stream(Gateway.MODEL, "Hi"), "Connection: keep-alive\r\n"))
              .read();

      assertThat(answer.body()).contains("event: error").doesNotContain("[DONE]");
    }
  }

  @Test
  void connection_of_whole_answers_is_kept() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    try (Wire wire = gateway.connect()) {
      String again = request(Texts.chat(Gateway.MODEL, "Hi"), "Connection: keep-alive\r\n");
      WireAnswer first = wire.send(again).read();
      WireAnswer second = wire.send(again).read();

      assertThat(first.headers()).containsEntry("connection", "keep-alive");
      assertThat(second.status()).isEqualTo(200);
    }
  }
}
