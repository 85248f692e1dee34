package dev.infermux.inbound.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
class BadJsonTest {

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
  private static final String MODEL = "\"model\":\"echo-v1\"";

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

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("", null),
        fault("nonsense", null),
        fault("[]", null),
        fault("\"text\"", null),
        fault("{", null),
        fault("{" + MODEL + "," + MESSAGES + "} trailing", null),
        fault("{" + MODEL + "," + MESSAGES + ",}", null),
        fault("{'model':'echo-v1'}", null),
        fault("{" + MODEL + "," + MESSAGES + ",\"seed\":01}", null),
        fault("{" + MODEL + "," + MESSAGES + ",\"seed\":NaN}", null),
        fault("{" + MODEL + "," + MESSAGES + ",\"stop\":\"\t\"}", null),
        fault("{" + MODEL + "," + MESSAGES + ",\"stop\":\"\\q\"}", null),
        fault("{" + MODEL + "," + MESSAGES + ",\"a\":" + "[".repeat(9999) + "}", null),
        fault("{" + MESSAGES + "}", "model"),
        fault("{\"model\":\"\"," + MESSAGES + "}", "model"),
        fault("{\"model\":7," + MESSAGES + "}", "model"),
        fault("{\"model\":null," + MESSAGES + "}", "model"),
        fault("{\"model\":\"echo-v1\",\"model\":\"gpt-4o\"," + MESSAGES + "}", "model"),
        fault("{" + MODEL + "}", "messages"),
        fault("{" + MODEL + ",\"messages\":{}}", "messages"),
        fault("{" + MODEL + ",\"messages\":[]}", "messages"),
        fault("{" + MODEL + ",\"messages\":\"x\"}", "messages"),
        fault("{" + MODEL + ",\"stream\":\"true\"," + MESSAGES + "}", "stream"),
        fault("{" + MODEL + ",\"max_tokens\":\"10\"," + MESSAGES + "}", "max_tokens"),
        fault("{" + MODEL + ",\"max_tokens\":-1," + MESSAGES + "}", "max_tokens"),
        fault("{" + MODEL + ",\"n\":0," + MESSAGES + "}", "n"),
        fault("{" + MODEL + ",\"temperature\":\"hot\"," + MESSAGES + "}", "temperature"),
        fault("{" + MODEL + ",\"stream_options\":[]," + MESSAGES + "}", "stream_options"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_is_named_and_the_connection_lives_on(String body, @Nullable String param) {
    WireAnswer refused = wire.post("/v1/chat/completions", body);
    WireAnswer next = wire.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    ErrorShape.check(refused, "invalid_request");
    assertThat(refused.error().getString("param")).isEqualTo(param);
    assertThat(refused.error().getString("message")).contains("expected");
    assertThat(next.status()).isEqualTo(200);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    String head = "{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"";
    for (String bad :
        new String[] {"\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00e2\u0082"}) {
      byte[] body = (head + bad + "\"}]}").getBytes(ISO_8859_1);

      WireAnswer refused =
          wire.send(
                  "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nContent-Length: "
                      + body.length
                      + "\r\n\r\n")
              .send(body)
              .read();

      assertThat(refused.status()).isEqualTo(400);
      ErrorShape.check(refused, "invalid_request");
    }
  }

  @Test
  void unknown_model_is_answered_with_near_names() {
    WireAnswer answer = wire.post("/v1/chat/completions", Texts.chat("gpt-4o-mni", "Hi"));

    assertThat(answer.status()).isEqualTo(404);
    ErrorShape.check(answer, "model_not_found");
    assertThat(answer.error().getString("param")).isEqualTo("model");
    assertThat(answer.error().getString("message"))
        .contains("\"gpt-4o-mni\"")
        .contains("did you mean")
        .contains(Gateway.MODEL);
  }

  @Test
  void names_that_callers_choose_cannot_break_headers_or_json() {
    String name = "x\\r\\nSet-Cookie: a=b\\u0000\\\"\\u2028";

    WireAnswer answer = wire.post("/v1/chat/completions", Texts.chat(name, "Hi"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    assertThat(answer.error().getString("message")).contains("x\r\nSet-Cookie: a=b\0\"\u2028");
  }

  @Test
  void every_route_with_a_body_refuses_the_same_way() {
    Map.of(
            "/v1/completions", "{\"model\":\"echo-v1\"}",
            "/v1/responses", "{\"model\":\"echo-v1\",\"input\":" + "[".repeat(9999) + "}",
            "/v1/embeddings", "{\"model\":\"text-embedding-3-small\"}",
            "/infer", "{\"model\":\"echo-v1\",\"messages\":[],\"params\":7}",
            "/mist", "{\"version\":1}")
        .forEach(
            (path, body) -> {
              WireAnswer answer = wire.post(path, body);

              assertThat(answer.status()).as(path).isEqualTo(400);
              ErrorShape.check(answer, "invalid_request");
            });
  }

  private static Arguments fault(String body, @Nullable String param) {
    return Arguments.of(body, param);
  }
}
