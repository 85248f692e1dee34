package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of Ollama's API on a provider of type {@code openai}. */
@ExtendWith(VertxExtension.class)
class OllamaClientsTest {

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void chat_is_answered_whole_with_counts_and_durations() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer =
        chat(
            "\"stream\":false,\"keep_alive\":\"5m\",\"options\":{\"num_predict\":9,\"num_ctx\":1}");

    JsonObject read = answer.json();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(read.getJsonObject("message").getString("role")).isEqualTo("assistant");
    assertThat(read.getJsonObject("message").getString("content")).isNotEmpty();
    assertThat(read.getBoolean("done")).isTrue();
    assertThat(read.getString("done_reason")).isEqualTo("stop");
    assertThat(read.getInteger("prompt_eval_count")).isEqualTo(19);
    assertThat(read.getInteger("eval_count")).isEqualTo(10);
    assertThat(read.getLong("total_duration")).isPositive();
    assertThat(read.getInstant("created_at")).isNotNull();
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Translated", "ollama->chat")
        .containsEntry("X-Infermux-Dropped", "keep_alive, options.num_ctx");
    JsonObject sent = sent();
    assertThat(sent.encode()).contains(":9").doesNotContain("num_ctx");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/chat/completions");
  }

  @Test
  void stream_is_what_it_is_where_nothing_is_said() {
    gateway.upstream().next(Texts.streamAnswer());

    WireAnswer answer = chat("\"think\":null");

    List<JsonObject> lines = answer.body().lines().map(JsonObject::new).toList();
    assertThat(answer.headers()).containsEntry("content-type", "application/x-ndjson");
    assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.getBoolean("done"));
    assertThat(lines.get(lines.size() - 1).getBoolean("done")).isTrue();
    assertThat(lines.get(lines.size() - 1).getInteger("eval_count")).isEqualTo(10);
    StringBuilder content = new StringBuilder();
    lines.forEach(line -> content.append(line.getJsonObject("message").getString("content")));
    assertThat(content.toString()).isNotEmpty();
    assertThat(sent().getJsonObject("stream_options").getBoolean("include_usage")).isTrue();
  }

  @Test
  void stream_that_breaks_ends_with_an_error_and_is_never_done() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenReset());

    List<JsonObject> lines = chat("\"seed\":1").body().lines().map(JsonObject::new).toList();

    assertThat(lines.get(lines.size() - 1).fieldNames()).containsExactly("error");
    assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.getBoolean("done"));
  }

  @Test
  void tool_calls_come_with_arguments_as_objects() {
    gateway
        .upstream()
        .next(
            MockAnswer.json(
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                    + "null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                    + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"\\u00e9\\\\n\\\"}\"}}]},"
                    + "\"finish_reason\":\"tool_calls\"}]}"));

    WireAnswer answer =
        chat("\"stream\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");

    JsonObject call =
        answer.json().getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0);
    assertThat(call.getString("id")).isEqualTo("call_1");
    assertThat(call.getJsonObject("function").getJsonObject("arguments").getString("a"))
        .isEqualTo("é\n");
  }

  @Test
  void text_is_generated_by_a_chat() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER), Texts.streamAnswer());

    WireAnswer whole =
        generate("\"stream\":false,\"suffix\":null,\"context\":[],\"system\":\"Be brief\"");
    JsonObject sent = sent();
    WireAnswer streamed = generate("\"raw\":false");

    assertThat(whole.json().getString("response")).isNotEmpty();
    assertThat(whole.headers()).containsEntry("X-Infermux-Translated", "generate->chat");
    assertThat(sent.getJsonArray("messages"))
        .hasSize(2)
        .first()
        .isEqualTo(new JsonObject().put("role", "system").put("content", "Be brief"));
    assertThat(streamed.body().lines()).last().asString().contains("\"done\":true");
    assertThat(generate("\"raw\":true").status()).isEqualTo(400);
    assertThat(generate("\"context\":[1]").json().getString("error")).contains("context");
  }

  @Test
  void embeddings_are_asked_as_numbers_and_come_in_both_shapes() {
    gateway
        .upstream()
        .always(
            MockAnswer.json(
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":1,\"embedding\":"
                    + "[1e-3]},{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}],"
                    + "\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":4,"
                    + "\"total_tokens\":4}}"));

    WireAnswer several =
        gateway.post(
            "/api/embed",
            "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],\"dimensions\":256,"
                + "\"truncate\":true}");
    JsonObject sent = sent();
    WireAnswer legacy =
        gateway.post("/api/embeddings", "{\"model\":\"text-embedding-3-small\",\"prompt\":\"a\"}");

    assertThat(several.body()).contains("\"embeddings\":[[0.5],[1e-3]]", "\"prompt_eval_count\":4");
    assertThat(several.headers()).containsEntry("X-Infermux-Dropped", "truncate");
    assertThat(sent.getString("encoding_format")).isEqualTo("float");
    assertThat(sent.getInteger("dimensions")).isEqualTo(256);
    assertThat(sent.getJsonArray("input")).isEqualTo(new JsonArray().add("a").add("b"));
    assertThat(legacy.body()).isEqualTo("{\"embedding\":[0.5]}");
  }

  @Test
  void vectors_that_are_no_numbers_fail() {
    gateway
        .upstream()
        .always(
            MockAnswer.json(
                "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":\"AAAA\"}],\"model\":\"m\"}"));

    WireAnswer answer =
        gateway.post("/api/embed", "{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.json().getString("error")).contains("cannot be converted");
  }

  private static WireAnswer chat(String fields) {
    return gateway.post(
        "/api/chat",
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + fields
            + "}");
  }

  private static WireAnswer generate(String fields) {
    return gateway.post(
        "/api/generate", "{\"model\":\"gpt-4o-mini\",\"prompt\":\"Once\"," + fields + "}");
  }

  private static JsonObject sent() {
    return new JsonObject(gateway.upstream().lastRequest().body());
  }
}
