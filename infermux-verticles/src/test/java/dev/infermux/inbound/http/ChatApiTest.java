package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.ApiSchema;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ChatApiTest {

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
  void whole_answer_passes_byte_for_byte_with_the_routing_headers() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).header("x-request-id", "req_1"));

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Texts.CHAT_ANSWER);
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("X-Infermux-Provider", "upstream")
        .containsEntry("X-Infermux-Model", Gateway.MODEL)
        .containsEntry("X-Infermux-Prompt-Tokens", "19")
        .containsEntry("X-Infermux-Completion-Tokens", "10")
        .containsEntry("X-Infermux-Cost", "0.00000885")
        .containsKeys("X-Infermux-Strategy", "X-Infermux-Request-Id")
        .doesNotContainKeys("X-Infermux-Attempts", "X-Infermux-Error", "X-Infermux-Route-Group");
    assertThat(answer.header("X-Infermux-Latency-Ms")).matches("\\d+");
  }

  @Test
  void short_echo_says_in_its_body_what_it_is_charged() {
    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "x"));

    JsonObject usage = answer.json().getJsonObject("usage");
    assertThat(usage.getInteger("prompt_tokens")).isZero();
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Prompt-Tokens", "0")
        .containsEntry("X-Infermux-Completion-Tokens", usage.getValue("completion_tokens") + "")
        .containsEntry("X-Infermux-Cost", "0.00001");
  }

  @Test
  void request_bytes_reach_the_provider_untouched() {
    String body =
        """
        { "seed": 12345678901234567890, "temperature":0.10, "vendor_thing":{"a":[1e2,"\\u00e9"]},
          "messages":[{"role":"user","content":"Grüße 👋"}], "model":"gpt-4o-mini" }\
        """;
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    gateway.post("/v1/chat/completions", body);

    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(body);
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/chat/completions");
  }

  @Test
  void echo_answers_as_the_api_description_says() {
    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi 👋"));

    assertThat(answer.status()).isEqualTo(200);
    ApiSchema.CHAT.check(answer.body());
    assertThat(message(answer)).isEqualTo("echo: Hi 👋");
    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "echo");
  }

  @Test
  void stream_has_its_head_at_once_and_its_sums_in_declared_trailers() {
    gateway.upstream().next(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("content-type", "text/event-stream; charset=utf-8")
        .containsEntry("cache-control", "no-cache")
        .containsEntry("x-accel-buffering", "no")
        .containsEntry("X-Infermux-Provider", "upstream")
        .containsEntry("X-Infermux-Model", Gateway.MODEL)
        .containsKeys("X-Infermux-Request-Id", "x-request-id", "date")
        .doesNotContainKey("X-Infermux-Cost");
    assertThat(List.of(answer.headers().get("Trailer").split(", ")))
        .containsExactlyInAnyOrderElementsOf(answer.trailers().keySet());
    assertThat(answer.trailers())
        .containsEntry("X-Infermux-Cost", "0.00000885")
        .containsEntry("X-Infermux-Prompt-Tokens", "19")
        .containsEntry("X-Infermux-Completion-Tokens", "10")
        .containsKey("X-Infermux-Latency-Ms");
  }

  @Test
  void usage_is_asked_for_and_not_shown_to_who_did_not_ask() {
    gateway.upstream().next(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));

    JsonObject sent = new JsonObject(gateway.upstream().lastRequest().body());
    assertThat(sent.getJsonObject("stream_options").getBoolean("include_usage")).isTrue();
    assertThat(answer.body()).doesNotContain("prompt_tokens");
    assertThat(answer.events()).endsWith("[DONE]");
  }

  @Test
  void usage_chunk_follows_the_finish_for_who_asked() {
    String body =
        "{\"stream_options\":{\"include_usage\":true},"
            + Texts.stream(Gateway.MODEL, "Hi").substring(1);
    gateway.upstream().next(Texts.streamAnswer());

    List<String> events = gateway.post("/v1/chat/completions", body).events();

    assertThat(events)
        .containsExactly(
            Texts.role(),
            Texts.delta("Hello"),
            Texts.delta(" there"),
            Texts.finish(),
            Texts.usage(19, 10),
            "[DONE]");
  }

  @Test
  void echoed_stream_keeps_the_profile_that_every_sdk_reads() {
    String body =
        "{\"stream_options\":{\"include_usage\":true},"
            + Texts.stream("echo-v1", "one two").substring(1);

    WireAnswer answer = gateway.post("/v1/chat/completions", body);

    StreamProfile.check(answer.body());
    StreamProfile.chunks(answer.body()).forEach(chunk -> ApiSchema.CHAT_CHUNK.check(chunk));
  }

  @Test
  void relayed_stream_keeps_the_profile_even_where_the_provider_does_not() {
    String sloppy =
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"}}],\"error\":null}";
    String ending =
        "{\"created\":17.5,\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";
    gateway.upstream().next(MockAnswer.events(sloppy, ending));

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));

    StreamProfile.check(answer.body());
  }

  @Test
  void legacy_completions_answer_whole_and_streamed() {
    String body = "{\"model\":\"echo-v1\",\"prompt\":\"Once upon\"}";

    WireAnswer whole = gateway.post("/v1/completions", body);
    WireAnswer streamed = gateway.post("/v1/completions", "{\"stream\":true," + body.substring(1));

    ApiSchema.COMPLETION.check(whole.body());
    assertThat(whole.json().getString("object")).isEqualTo("text_completion");
    assertThat(streamed.events()).endsWith("[DONE]").hasSizeGreaterThan(2);
    String text =
        StreamProfile.chunks(streamed.body()).stream()
            .map(chunk -> new JsonObject(chunk).getJsonArray("choices").getJsonObject(0))
            .map(choice -> choice.getString("text"))
            .reduce("", String::concat);
    assertThat(text).isEqualTo("echo: Once upon");
  }

  @Test
  void embeddings_pass_byte_for_byte_and_are_charged() {
    String body =
        "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],"
            + "\"encoding_format\":\"float\"}";
    gateway.upstream().next(MockAnswer.json(Texts.EMBEDDINGS_ANSWER));

    WireAnswer answer = gateway.post("/v1/embeddings", body);

    assertThat(answer.body()).isEqualTo(Texts.EMBEDDINGS_ANSWER);
    ApiSchema.EMBEDDINGS.check(answer.body());
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo("/v1/embeddings");
    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(body);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Prompt-Tokens", "8")
        .containsEntry("X-Infermux-Completion-Tokens", "0")
        .containsEntry("X-Infermux-Cost", "0.00000016");
  }

  @Test
  void nobody_offers_embeddings_of_a_chat_model() {
    WireAnswer answer = gateway.post("/v1/embeddings", "{\"model\":\"echo-v1\",\"input\":\"a\"}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error().getString("code")).isEqualTo("model_not_found");
    assertThat(answer.error().getString("message")).contains("echo-v1").contains("embeddings");
  }

  private static String message(WireAnswer answer) {
    return answer
        .json()
        .getJsonArray("choices")
        .getJsonObject(0)
        .getJsonObject("message")
        .getString("content");
  }
}
