package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of a body says where something is wrong, what it is and what was expected. */
@ExtendWith(VertxExtension.class)
class ErrorWordsTest {

  private static final String MODEL = "{\"model\":\"echo-v1\",";
  private static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/v1/responses",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/api/chat",
          "/api/generate",
          "/api/embed",
          "/api/embeddings",
          "/infer",
          "/mist");
  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "null",
          "true",
          "7",
          "[]",
          "\"text\"",
          "nul",
          "{",
          "{\"model\"",
          "{\"model\":",
          "{\"model\":\"echo-v1\"",
          MODEL,
          MODEL + "}",
          "{\"model\":\"\\u12\"}",
          "{\"model\":\"\\ud800\"}",
          "{\"model\":\"\t\"}",
          "{\"model\":7}",
          "{\"model\":[null]}",
          MODEL + "\"messages\":[null],\"prompt\":[null],\"input\":[null],\"max_tokens\":null}",
          MODEL + "\"messages\":[],\"prompt\":{},\"input\":{},\"max_tokens\":1.5}",
          MODEL + "\"messages\":7,\"prompt\":true,\"input\":7,\"max_tokens\":9e99}",
          MODEL + "\"messages\":[{\"role\":null}],\"prompt\":[[]],\"input\":[[]],\"stream\":7}",
          MODEL + "\"a\":" + "[".repeat(9_999) + "}");

  private static Gateway gateway;
  private static Wire wire;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    wire = gateway.connect();
  }

  @AfterAll
  static void close() {
    wire.close();
    gateway.close();
  }

  static Stream<String> paths() {
    return PATHS.stream();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void refusals_of_bodies_have_words(String path) {
    for (String body : BODIES) {
      WireAnswer answer = wire.post(path, body);
      if (answer.status() != 200) {
        String which = path + " " + body.substring(0, Math.min(90, body.length()));
        assertThat(answer.status()).as(which + answer.body()).isBetween(400, 499);
        check(which, answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/models HTTP/1.1\r\nHost: t\r\nbroken line\r\n\r\n",
        "GET /v1/models HTTP/1.1\r\nHost: t\r\n: nameless\r\n\r\n",
        "POST /v1/messages HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n",
        "POST /v1/messages HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n"
      })
  void refusals_of_heads_have_words(String head) {
    try (Wire own = gateway.connect()) {
      check(head, own.send(head).read());
    }
  }

  private static void check(String which, WireAnswer answer) {
    Object error = answer.json().getValue("error");
    String message =
        error instanceof io.vertx.core.json.JsonObject object
            ? object.getString("message")
            : String.valueOf(error);
    assertThat(message).as(which).isNotBlank().doesNotContainIgnoringCase("null");
    assertThat(message).as(which).contains(": ");
    assertThat(message).as(which).containsAnyOf("expected: ", "GET /v1/models lists all");
  }
}
