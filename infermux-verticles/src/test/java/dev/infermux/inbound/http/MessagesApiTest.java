package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's API in front of Anthropic's: bytes pass. */
@ExtendWith(VertxExtension.class)
class MessagesApiTest {

  private static final String MODEL = "claude-sonnet-4-5";
  private static final String BODY =
      "{ \"max_tokens\":1.0e2, \"model\":\"claude-sonnet-4-5\","
          + " \"betas_of_mine\":[1e2,\"\\u00e9\"],"
          + "\"thinking\":{\"type\":\"adaptive\"},\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Grüße\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]"
          + " }";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    ProviderOptions.of("claude", ProviderType.ANTHROPIC)
                        .withApiKey(Secret.of("sk-ant-gateway"))
                        .withBaseUrl(upstream.baseUrl())
                        .withModels(MODEL)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private WireAnswer post(String body, String... headers) {
    return gateway.post("/v1/messages", body, headers);
  }

  @Test
  void a_whole_answer_passes_byte_for_byte_and_so_does_the_request() {
    String recorded = Wire.text("anthropic/text.json");
    gateway.upstream().next(MockAnswer.json(recorded));

    WireAnswer answer =
        gateway.post("/v1/messages?beta=true", BODY, "x-api-key: sk-caller", "anthropic-beta: a,b");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(recorded);
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Infermux-Provider", "claude")
        .containsEntry("X-Infermux-Prompt-Tokens", "12")
        .containsEntry("X-Infermux-Completion-Tokens", "29")
        .containsEntry("X-Infermux-Cost", "0.000471")
        .doesNotContainKeys("X-Infermux-Translated", "X-Infermux-Dropped");
    assertThat(answer.header("request-id")).isEqualTo(answer.header("X-Infermux-Request-Id"));
    MockRequest sent = gateway.upstream().lastRequest();
    assertThat(sent.body()).isEqualTo(BODY);
    assertThat(sent.target()).isEqualTo("/v1/messages");
    assertThat(sent.headers().get("x-api-key")).isEqualTo("sk-ant-gateway");
    assertThat(sent.headers().get("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(sent.headers().get("anthropic-beta")).isEqualTo("a,b");
    assertThat(sent.headers().toString()).doesNotContain("sk-caller");
  }

  @Test
  void a_fast_answer_costs_twice_and_a_tier_that_is_left_out_nothing_more() {
    String recorded = Wire.text("anthropic/text.json");
    String untold = recorded.replace("\"service_tier\": \"standard\",", "");
    gateway
        .upstream()
        .next(MockAnswer.json(recorded.replace("\"standard\"", "\"standard\",\"speed\":\"fast\"")))
        .next(MockAnswer.json(untold));
    String chat =
        "{\"max_tokens\":99,\"service_tier\":\"priority\"," + Texts.chat(MODEL, "Hi").substring(1);

    WireAnswer fast = post(BODY.replace("{ \"max", "{\"speed\":\"fast\",\"max"));
    WireAnswer translated = gateway.post("/v1/chat/completions", chat);

    assertThat(fast.headers()).containsEntry("X-Infermux-Cost", "0.000942");
    assertThat(translated.headers())
        .containsEntry("X-Infermux-Dropped", "service_tier")
        .containsEntry("X-Infermux-Cost", "0.000471");
  }

  @Test
  void a_stream_passes_byte_for_byte() {
    Buffer recorded = Wire.bytes("anthropic/stream-thinking.sse");
    gateway.upstream().next(MockAnswer.sse(List.of(recorded)));

    WireAnswer answer =
        post(BODY.replace("{ \"max", "{\"stream\":true,\"max"), "anthropic-version: 2026-10-21");

    assertThat(answer.body()).isEqualTo(recorded.toString());
    assertThat(answer.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
    assertThat(gateway.upstream().lastRequest().headers().get("anthropic-version"))
        .isEqualTo("2026-10-21");
  }

  @Test
  void tokens_are_counted_by_the_provider_and_cost_nothing() {
    gateway.upstream().next(MockAnswer.json("{\"input_tokens\":14}"));

    WireAnswer answer =
        gateway.post(
            "/v1/messages/count_tokens",
            "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

    assertThat(answer.body()).isEqualTo("{\"input_tokens\":14}");
    assertThat(answer.headers()).containsEntry("X-Infermux-Cost", "0");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/messages/count_tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, 400, invalid_request_error, invalid_request_error",
    "401, authentication_error, 502, api_error, upstream_error",
    "402, billing_error, 429, rate_limit_error, insufficient_quota",
    "404, not_found_error, 404, not_found_error, model_not_found",
    "413, request_too_large, 413, request_too_large, request_too_large",
    "429, rate_limit_error, 429, rate_limit_error, rate_limit",
    "500, api_error, 502, api_error, upstream_error",
    "529, overloaded_error, 502, api_error, upstream_error"
  })
  void errors_have_anthropics_shape_and_the_gateways_code(
      int given, String type, int status, String shown, String code) {
    gateway
        .upstream()
        .next(
            MockAnswer.json(
                given,
                "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"No.\"}}"));

    WireAnswer answer = post(BODY);

    assertThat(answer.status()).isEqualTo(status);
    MessageErrorShape.check(answer, shown, code);
    assertThat(answer.error().getString("message")).endsWith("No.");
  }

  @Test
  void an_error_within_a_stream_is_an_event_and_the_last_one() {
    List<String> events = Wire.lines("anthropic/text.chunks").subList(0, 5);
    Buffer error =
        Buffer.buffer(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                + "\"message\":\"Overloaded\"}}\n\n");
    gateway
        .upstream()
        .next(
            MockAnswer.sse(List.of(MessageEvents.stream(events), error))
                .paced(Duration.ofMillis(50)));

    WireAnswer answer = post(BODY.replace("{ \"max", "{\"stream\":true,\"max"));

    List<JsonObject> told = MessageEvents.events(answer.body());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(told.get(told.size() - 1).getString("type")).isEqualTo("error");
    assertThat(told.get(told.size() - 1).getJsonObject("error").getString("message"))
        .endsWith("Overloaded");
    assertThat(answer.body()).doesNotContain("message_stop");
  }

  @Test
  void a_wrong_method_is_refused_in_its_shape() {
    WireAnswer answer = gateway.get("/v1/messages");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "POST");
    MessageErrorShape.check(answer, "not_found_error", "method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages", "/v1/v1/messages", "//v1/messages/"})
  void base_url_may_have_the_version_or_not(String path) {
    String recorded = Wire.text("anthropic/text.json");
    gateway
        .upstream()
        .next(MockAnswer.json(recorded))
        .next(MockAnswer.json("{\"input_tokens\":42}"));

    assertThat(gateway.post(path, BODY).body()).isEqualTo(recorded);
    assertThat(gateway.post(path + "/count_tokens", BODY).body()).contains("42");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/messages/count_tokens");
  }

  @Test
  void the_list_of_models_has_the_shape_of_who_asks() {
    JsonObject list = gateway.get("/v1/models", "anthropic-version: 2023-06-01").json();
    JsonObject one = gateway.get("/v1/models/" + MODEL, "anthropic-version: 2023-06-01").json();

    assertThat(list.fieldNames())
        .containsExactlyInAnyOrder("data", "first_id", "last_id", "has_more");
    assertThat(list.getString("last_id")).isEqualTo(MODEL);
    assertThat(list.getJsonArray("data").getJsonObject(1)).isEqualTo(one);
    assertThat(one.getString("type")).isEqualTo("model");
    assertThat(one.getString("id")).isEqualTo(MODEL);
    assertThat(one.getString("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(gateway.get("/v1/models").json().getString("object")).isEqualTo("list");
    assertThat(gateway.get("/v1/v1/models/" + MODEL).json().getString("id")).isEqualTo(MODEL);
  }

  @Test
  void errors_about_models_and_absent_resources_have_the_shape_of_who_asks() {
    WireAnswer model = gateway.get("/v1/models/nobody", "anthropic-version: 2023-06-01");
    WireAnswer batches = gateway.get("/v1/messages/batches", "x-api-key: sk-caller");
    WireAnswer files = gateway.get("/v1/files", "anthropic-version: 2023-06-01");

    MessageErrorShape.check(model, "not_found_error", "model_not_found");
    MessageErrorShape.check(batches, "not_found_error", "not_found");
    MessageErrorShape.check(files, "not_found_error", "not_found");
    assertThat(model.header("request-id")).isEqualTo(model.header("X-Infermux-Request-Id"));
    assertThat(batches.header("request-id")).isEqualTo(batches.header("X-Infermux-Request-Id"));
    ErrorShape.check(gateway.get("/v1/models/nobody"), "model_not_found");
    ErrorShape.check(gateway.get("/v1/nothing"), "not_found");
  }
}
