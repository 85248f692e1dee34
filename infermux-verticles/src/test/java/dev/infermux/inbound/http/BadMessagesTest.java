package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inference.Secret;
import dev.infermux.testing.MessageEvents;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no request for a message gets an error in Anthropic's shape, and the next one its answer.
 */
@ExtendWith(VertxExtension.class)
class BadMessagesTest {

  private static final String PATH = "/v1/messages";
  private static final int LARGEST = 64 << 10;
  private static final String KEY = "x-api-key: the-key";
  private static final String GOOD =
      "{\"model\":\"echo-v1\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi"
          + " 👋\"}]}";

  private static Gateway gateway;
  private static Wire wire;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            http ->
                http.withLimits(http.limits().withMaxBodyBytes(LARGEST))
                    .withAuth(
                        AuthOptions.defaults()
                            .withMode(AuthMode.STATIC_KEY)
                            .withKey(Secret.of("the-key"))));
    wire = gateway.connect();
  }

  @AfterAll
  static void close() {
    wire.close();
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "nonsense ~ ",
        "[] ~ ",
        "{ ~ ",
        "{\"model\":\"echo-v1\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " x ~ ",
        "{\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} ~ model",
        "{\"model\":\"echo-v1\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]} ~ max_tokens",
        "{\"model\":\"echo-v1\",\"max_tokens\":\"5\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " ~ max_tokens",
        "{\"model\":\"echo-v1\",\"max_tokens\":5,\"messages\":{}} ~ messages",
        "{\"model\":\"echo-v1\",\"max_tokens\":5,\"messages\":[{\"role\":\"robot\",\"content\":\"a\"}]}"
            + " ~ messages.role",
        "{\"model\":\"echo-v1\",\"max_tokens\":5,\"container\":\"c\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " ~ container"
      })
  void a_fault_is_the_callers_and_its_place_is_named(String body, String param) {
    WireAnswer refused = wire.post(PATH, body, KEY);
    WireAnswer next = wire.post(PATH, GOOD, KEY);

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    MessageErrorShape.check(refused, "invalid_request_error", "invalid_request");
    assertThat(refused.error().getString("param")).isEqualTo(param);
    assertThat(refused.header("request-id")).isNotEmpty();
    assertThat(next.status()).isEqualTo(200);
  }

  @Test
  void depth_and_size_have_an_end() {
    String deep = GOOD.replace("\"Hi 👋\"", "[".repeat(9_999));
    String large = GOOD.replace("Hi", "x".repeat(LARGEST));

    MessageErrorShape.check(wire.post(PATH, deep, KEY), "invalid_request_error", "invalid_request");
    MessageErrorShape.check(
        gateway.post(PATH, large, KEY), "request_too_large", "request_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-api-key: wrong", "Authorization: Bearer wrong", "api-key: the-key"})
  void a_key_that_is_not_known_is_refused_in_its_shape(String header) {
    WireAnswer refused = gateway.post(PATH, GOOD, header);

    assertThat(refused.status()).isEqualTo(401);
    MessageErrorShape.check(refused, "authentication_error", "invalid_api_key");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "Authorization: Bearer the-key"})
  void either_key_lets_a_client_in_to_messages_and_to_the_list_of_models(String header) {
    assertThat(gateway.post(PATH, GOOD, header).status()).isEqualTo(200);
    assertThat(gateway.get("/v1/models", header, "anthropic-version: 2023-06-01").status())
        .isEqualTo(200);
  }

  @Test
  void a_model_that_nobody_serves_is_not_found() {
    WireAnswer refused = wire.post(PATH, GOOD.replace("echo-v1", "no-such-model"), KEY);

    assertThat(refused.status()).isEqualTo(404);
    MessageErrorShape.check(refused, "not_found_error", "model_not_found");
  }

  @Test
  void echo_answers_a_message_whole_and_streamed() {
    JsonObject whole = wire.post(PATH, GOOD, KEY).json();
    List<JsonObject> streamed =
        MessageEvents.events(wire.post(PATH, "{\"stream\":true," + GOOD.substring(1), KEY).body());

    assertThat(whole.getJsonArray("content").getJsonObject(0).getString("text"))
        .isEqualTo("echo: Hi 👋");
    assertThat(whole.getString("stop_reason")).isEqualTo("end_turn");
    assertThat(streamed.get(0).getString("type")).isEqualTo("message_start");
    assertThat(streamed)
        .last()
        .extracting(event -> event.getString("type"))
        .isEqualTo("message_stop");
    assertThat(
            MessageEvents.text(
                MessageEvents.stream(streamed.stream().map(JsonObject::encode).toList())
                    .toString()))
        .isEqualTo("echo: Hi 👋");
  }
}
