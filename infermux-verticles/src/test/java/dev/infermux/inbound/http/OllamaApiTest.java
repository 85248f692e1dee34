package dev.infermux.inbound.http;

import static dev.infermux.testing.OllamaTexts.DONE;
import static dev.infermux.testing.OllamaTexts.HELLO;
import static dev.infermux.testing.OllamaTexts.WORLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.OllamaTexts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's API in front of a provider of the same dialect, and what clients ask beside it. */
@ExtendWith(VertxExtension.class)
class OllamaApiTest {

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    ProviderOptions.of("upstream", ProviderType.OLLAMA)
                        .withBaseUrl(upstream.baseUrl())
                        .withModels("llama3.2", "nomic-embed-text")));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void whole_answer_passes_byte_for_byte_with_the_routing_headers() {
    String body =
        "{ \"model\":\"llama3.2\",\"stream\":false,\"x\":1e2,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Grüße 👋\"}] }";
    gateway.upstream().next(MockAnswer.json(OllamaTexts.WHOLE));

    WireAnswer answer = gateway.post("/api/chat", body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OllamaTexts.WHOLE);
    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(body);
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Infermux-Provider", "upstream")
        .containsEntry("X-Infermux-Prompt-Tokens", "9")
        .containsEntry("X-Infermux-Completion-Tokens", "3")
        .doesNotContainKey("X-Infermux-Translated");
  }

  @Test
  void answer_with_calls_of_tools_ends_with_them_for_callers_of_mist() {
    String message =
        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
            + "{\"name\":\"f\",\"arguments\":{}}}]}";
    String whole =
        OllamaTexts.WHOLE.replaceFirst("\"message\":\\{[^}]*}", "\"message\":" + message);
    String request =
        "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    gateway
        .upstream()
        .next(MockAnswer.json(whole))
        .next(OllamaTexts.stream(OllamaTexts.CALLS, DONE));

    WireAnswer bare = gateway.post("/infer", request);
    WireAnswer stream = gateway.post("/infer", request, "Accept: text/event-stream");

    assertThat(bare.json().getString("finish_reason")).isEqualTo("tool_calls");
    assertThat(stream.body()).contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void stream_is_lines_with_sums_in_the_trailers() {
    gateway.upstream().next(OllamaTexts.stream(HELLO, WORLD, DONE));

    WireAnswer answer = chat();

    assertThat(answer.body()).isEqualTo(OllamaTexts.lines(HELLO, WORLD, DONE).toString());
    assertThat(answer.headers()).containsEntry("content-type", "application/x-ndjson");
    assertThat(answer.trailers()).containsEntry("X-Infermux-Completion-Tokens", "3");
  }

  @Test
  void broken_stream_ends_with_an_error_line_and_is_never_done() {
    gateway.upstream().next(OllamaTexts.stream(HELLO).thenReset());

    List<String> lines = chat().body().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isEqualTo(HELLO);
    assertThat(new JsonObject(lines.get(1)).fieldNames()).containsExactly("error");
    assertThat(new JsonObject(lines.get(1)).getString("error")).contains("before its stream");
  }

  @Test
  void errors_are_one_text_and_their_code_is_in_the_headers() {
    gateway.upstream().next(OllamaTexts.error(400, "\\\"x\\\" does not support tools"));

    WireAnswer rejected = chat();
    WireAnswer unknown =
        gateway.post("/api/chat", "{\"model\":\"none\",\"messages\":[{\"role\":\"user\"}]}");
    WireAnswer method = gateway.get("/api/chat");

    assertThat(rejected.status()).isEqualTo(400);
    assertThat(rejected.json().getString("error")).isEqualTo("\"x\" does not support tools");
    assertThat(rejected.headers()).containsEntry("X-Infermux-Error", "upstream_rejected");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().getString("error")).contains("\"none\"");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.json().getString("error")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed", "/api/embeddings"})
  void malformed_body_is_refused_in_the_apis_own_shape(String path) {
    for (String body :
        List.of(
            "",
            "nonsense",
            "[]",
            "{\"model\":7}",
            "{\"model\":\"llama3.2\",}",
            "{\"model\":\"llama3.2\"} x",
            "{\"a\":" + "[".repeat(9999) + "}")) {
      WireAnswer refused = gateway.post(path, body);

      assertThat(refused.status()).as(body).isEqualTo(400);
      assertThat(refused.json().fieldNames()).containsExactly("error");
      assertThat(refused.json().getString("error")).contains("expected");
      assertThat(refused.headers()).containsEntry("X-Infermux-Error", "invalid_request");
    }
  }

  @Test
  void models_are_listed_with_fields_of_the_types_that_clients_read() {
    JsonObject tags = gateway.get("/api/tags").json();

    assertThat(
            tags.getJsonArray("models").stream().map(one -> ((JsonObject) one).getString("name")))
        .contains("llama3.2", "nomic-embed-text", "echo-v1");
    JsonObject model = tags.getJsonArray("models").getJsonObject(0);
    assertThat(model.getString("model")).isEqualTo(model.getString("name"));
    assertThat(model.getInstant("modified_at")).isNotNull();
    assertThat(model.getLong("size")).isNotNull();
    assertThat(model.getString("digest")).hasSize(64);
    assertThat(model.getJsonObject("details").getString("family")).isNotEmpty();
    assertThat(gateway.get("/api/ps").body()).isEqualTo("{\"models\":[]}");
    assertThat(gateway.get("/api/version").json().getString("version"))
        .matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void model_is_shown_or_not_found() {
    WireAnswer shown = gateway.post("/api/show", "{\"model\":\"llama3.2\"}");
    WireAnswer older = gateway.post("/api/show", "{\"name\":\"llama3.2\"}");
    WireAnswer unknown = gateway.post("/api/show", "{\"model\":\"none\"}");

    assertThat(shown.json().getJsonArray("capabilities")).contains("completion", "tools");
    assertThat(older.body()).isEqualTo(shown.body());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().getString("error")).contains("'none' not found");
    for (String body : List.of("", "[]", "{}", "{\"model\":7}", "{\"model\":")) {
      assertThat(gateway.post("/api/show", body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void absent_resource_is_refused_in_the_words_of_ollama() {
    WireAnswer pull = gateway.post("/api/pull", "{\"model\":\"llama3.2\"}");

    assertThat(pull.status()).isEqualTo(404);
    assertThat(pull.json().getString("error")).contains("/api/pull").contains("/api/chat");
    assertThat(pull.header("X-Infermux-Error")).isEqualTo("not_found");
  }

  @Test
  void embeddings_pass_byte_for_byte() {
    String vectors = "{\"model\":\"m\",\"embeddings\":[[0.1,-2e-3]],\"prompt_eval_count\":2}";
    gateway.upstream().next(MockAnswer.json(vectors), MockAnswer.json("{\"embedding\":[0.1]}"));

    WireAnswer answer =
        gateway.post("/api/embed", "{\"model\":\"nomic-embed-text\",\"input\":\"x\"}");
    WireAnswer legacy =
        gateway.post("/api/embeddings", "{\"model\":\"nomic-embed-text\",\"prompt\":\"x\"}");

    assertThat(answer.body()).isEqualTo(vectors);
    assertThat(answer.headers()).containsEntry("X-Infermux-Prompt-Tokens", "2");
    assertThat(legacy.body()).isEqualTo("{\"embedding\":[0.1]}");
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/api/embeddings");
  }

  private static WireAnswer chat() {
    return gateway.post(
        "/api/chat",
        "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
  }
}
