package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.ApiSchema;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.OllamaServer;
import dev.infermux.testing.OllamaTexts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of OpenAI's API on a provider of type {@code ollama}. */
@ExtendWith(VertxExtension.class)
class OllamaTranslationTest {

  private static final String PNG = "iVBORw0KGgoAAAANSUhEUg==";
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
          + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}]";

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withCircuit(
                        CircuitOptions.defaults()
                            .withConsecutiveFailures(1_000_000)
                            .withErrorRateThreshold(1))
                    .withProvider(
                        ProviderOptions.of("upstream", ProviderType.OLLAMA)
                            .withBaseUrl(upstream.baseUrl())
                            .withModels("llama3.2")));
  }

  @BeforeEach
  void serve() {
    gateway.upstream().always(new OllamaServer());
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void chat_is_answered_as_openais_api_says() {
    WireAnswer answer = chat("\"user\":\"u\",\"logit_bias\":{}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ApiSchema.CHAT.check(answer.body());
    assertThat(message(answer).getString("content")).isEqualTo("Hello, world");
    assertThat(answer.json().getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(9);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Translated", "chat->ollama")
        .containsEntry("X-Infermux-Completion-Tokens", "3");
    assertThat(answer.header("X-Infermux-Dropped")).contains("user", "logit_bias");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/api/chat");
  }

  @Test
  void stream_is_events_with_thinking_and_usage_and_ends_with_done() {
    WireAnswer answer = chat("\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    List<String> events = answer.events();
    assertThat(answer.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8");
    assertThat(events).last().isEqualTo("[DONE]");
    assertThat(answer.body())
        .contains("\"reasoning_content\":\"Well\"", "Hello, ", "\"finish_reason\":\"stop\"");
    assertThat(events.get(events.size() - 2))
        .contains("\"choices\":[]", "\"prompt_tokens\":9", "\"completion_tokens\":3");
    assertThat(answer.trailers()).containsEntry("X-Infermux-Prompt-Tokens", "9");
  }

  @Test
  void tools_are_called_and_their_results_read() {
    WireAnswer whole = chat("\"seed\":1" + TOOLS);
    WireAnswer streamed = chat("\"stream\":true" + TOOLS);
    JsonArray calls = message(whole).getJsonArray("tool_calls");

    JsonObject function = calls.getJsonObject(0).getJsonObject("function");
    assertThat(calls.getJsonObject(0).getString("id")).isEqualTo("call_a");
    assertThat(new JsonObject(function.getString("arguments")))
        .isEqualTo(new JsonObject().put("city", "Zürich").put("days", 3));
    assertThat(whole.body()).contains("\"finish_reason\":\"tool_calls\"");
    assertThat(streamed.body())
        .contains("\"index\":0", "\"index\":1", "\"finish_reason\":\"tool_calls\"");

    JsonArray messages =
        new JsonArray()
            .add(new JsonObject().put("role", "user").put("content", "Weather?"))
            .add(new JsonObject().put("role", "assistant").put("tool_calls", calls))
            .add(result("call_a", "sunny"))
            .add(result("call_b", "noon"));
    WireAnswer after =
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"llama3.2\",\"messages\":" + messages + TOOLS + "}");

    assertThat(message(after).getString("content")).isEqualTo("Hello, world");
    JsonArray sent = sent().getJsonArray("messages");
    assertThat(sent.getJsonObject(2).getString("tool_name")).isEqualTo("weather");
    assertThat(sent.getJsonObject(3).getString("tool_call_id")).isEqualTo("call_b");
  }

  @Test
  void pictures_reach_it_as_bytes_and_addresses_are_refused() {
    WireAnswer inline = picture("data:image/png;base64," + PNG);
    JsonObject sent = sent().getJsonArray("messages").getJsonObject(0);
    WireAnswer address = picture("https://example.com/a.png");

    assertThat(inline.status()).isEqualTo(200);
    assertThat(sent.getJsonArray("images")).containsExactly(PNG);
    assertThat(sent.getString("content")).isEqualTo("What?");
    assertThat(address.status()).isEqualTo(400);
    assertThat(address.error().getString("code")).isEqualTo("invalid_request");
  }

  @Test
  void fields_with_a_place_arrive_there() {
    chat(
        "\"max_completion_tokens\":50,\"temperature\":0.5,\"top_p\":0.9,\"seed\":7,"
            + "\"stop\":[\"END\"],\"reasoning_effort\":\"high\",\"response_format\":{\"type\":"
            + "\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}}");

    JsonObject sent = sent();
    assertThat(sent.getJsonObject("options"))
        .isEqualTo(
            new JsonObject()
                .put("num_predict", 50)
                .put("temperature", 0.5)
                .put("top_p", 0.9)
                .put("seed", 7)
                .put("stop", new JsonArray().add("END")));
    assertThat(sent.getString("think")).isEqualTo("high");
    assertThat(sent.getJsonObject("format")).isEqualTo(new JsonObject().put("type", "object"));
  }

  @Test
  void several_answers_are_refused_and_nothing_is_sent() {
    int before = gateway.upstream().requests().size();

    WireAnswer refused = chat("\"n\":2");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error().getString("param")).isEqualTo("n");
    assertThat(gateway.upstream().requests()).hasSize(before);
  }

  @Test
  void legacy_completion_is_generated() {
    WireAnswer whole = completion("");
    WireAnswer streamed = completion(",\"stream\":true");
    WireAnswer suffix = completion(",\"suffix\":\"x\"");

    assertThat(whole.json().getJsonArray("choices").getJsonObject(0).getString("text"))
        .isEqualTo("Hello, world");
    assertThat(whole.headers()).containsEntry("X-Infermux-Translated", "completions->generate");
    assertThat(gateway.upstream().requests())
        .extracting(request -> request.target())
        .contains("/api/generate");
    assertThat(streamed.events()).last().isEqualTo("[DONE]");
    assertThat(streamed.body()).contains("Hello, world");
    assertThat(suffix.status()).isEqualTo(400);
  }

  @Test
  void embeddings_are_numbers_or_bytes_as_asked() {
    WireAnswer floats = embeddings("\"input\":[\"a\",\"b\"],\"encoding_format\":\"float\"");
    WireAnswer base64 = embeddings("\"input\":\"a\",\"encoding_format\":\"base64\",\"user\":\"u\"");

    assertThat(floats.status()).as(floats.body()).isEqualTo(200);
    assertThat(floats.json().getJsonArray("data").getJsonObject(1).getJsonArray("embedding"))
        .containsExactly(1.25, -0.5);
    assertThat(floats.json().getJsonArray("data").getJsonObject(1).getInteger("index"))
        .isEqualTo(1);
    assertThat(floats.json().getJsonObject("usage").encode())
        .isEqualTo("{\"prompt_tokens\":7,\"total_tokens\":7}");
    assertThat(floats.headers())
        .containsEntry("X-Infermux-Translated", "embeddings->ollama")
        .containsEntry("X-Infermux-Prompt-Tokens", "7");
    ByteBuffer packed =
        ByteBuffer.wrap(
                Base64.getDecoder()
                    .decode(
                        base64.json().getJsonArray("data").getJsonObject(0).getString("embedding")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new float[] {packed.getFloat(), packed.getFloat()}).containsExactly(0.25f, -0.5f);
    assertThat(packed.hasRemaining()).isFalse();
    assertThat(base64.header("X-Infermux-Dropped")).isEqualTo("user");
  }

  @Test
  void tokens_and_unknown_encodings_are_refused() {
    for (String fields :
        List.of(
            "\"input\":[1,2]",
            "\"input\":[[1],[2]]",
            "\"input\":\"\"",
            "\"input\":\"a\",\"encoding_format\":\"int8\"",
            "\"input\":\"a\",\"dimensions\":\"many\"")) {
      assertThat(embeddings(fields).status()).as(fields).isEqualTo(400);
    }
  }

  @Test
  void stream_cut_at_any_line_is_never_a_success() {
    String all =
        OllamaTexts.lines(OllamaTexts.HELLO, OllamaTexts.WORLD, OllamaTexts.DONE).toString();
    for (int offset = 1; offset < all.length() - 1; offset += 7) {
      gateway
          .upstream()
          .always(
              OllamaTexts.stream(OllamaTexts.HELLO, OllamaTexts.WORLD, OllamaTexts.DONE)
                  .cutAfter(offset));

      WireAnswer answer = chat("\"stream\":true");

      assertThat(answer.body()).as("cut after %d bytes", offset).doesNotContain("[DONE]");
      assertThat(answer.body()).as("cut after %d bytes", offset).contains("\"error\"");
    }
  }

  @Test
  void error_has_openais_shape() {
    gateway.upstream().always(OllamaTexts.error(404, "model 'llama3.2' not found"));

    WireAnswer answer = chat("\"stream\":true");

    assertThat(answer.status()).isEqualTo(404);
    ApiSchema.ERROR.check(answer.body());
    assertThat(answer.error().getString("code")).isEqualTo("model_not_found");
  }

  @Test
  void answer_that_is_none_fails() {
    gateway.upstream().always(MockAnswer.json("{\"model\":\"m\"}"));

    assertThat(chat("\"seed\":1").status()).isEqualTo(502);
  }

  private static JsonObject result(String id, String content) {
    return new JsonObject().put("role", "tool").put("tool_call_id", id).put("content", content);
  }

  private static WireAnswer picture(String url) {
    return gateway.post(
        "/v1/chat/completions",
        "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\""
            + url
            + "\"}}]}]}");
  }

  private static WireAnswer chat(String fields) {
    return gateway.post(
        "/v1/chat/completions",
        "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + fields
            + "}");
  }

  private static WireAnswer completion(String fields) {
    return gateway.post(
        "/v1/completions", "{\"model\":\"llama3.2\",\"prompt\":\"Once\"" + fields + "}");
  }

  private static WireAnswer embeddings(String fields) {
    return gateway.post("/v1/embeddings", "{\"model\":\"llama3.2\"," + fields + "}");
  }

  private static JsonObject sent() {
    return new JsonObject(gateway.upstream().lastRequest().body());
  }

  private static JsonObject message(WireAnswer answer) {
    return answer.json().getJsonArray("choices").getJsonObject(0).getJsonObject("message");
  }
}
