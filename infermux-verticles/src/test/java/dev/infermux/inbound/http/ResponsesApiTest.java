package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class ResponsesApiTest {

  private static final String PATH = "/v1/responses";
  private static final String NO_SUCH_PATH = "{\"detail\":\"Not Found\"}";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void a_response_passes_byte_for_byte_and_is_charged() {
    String asked = "{\"input\":\"Hi\",\"future\":{\"a\":1.50},\"model\":\"" + Gateway.MODEL + "\"}";
    gateway.upstream().next(MockAnswer.json(ResponseTexts.answer()));

    WireAnswer answer = gateway.post(PATH, asked);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ResponseTexts.answer());
    assertThat(gateway.upstream().lastRequest().target()).isEqualTo(PATH);
    assertThat(gateway.upstream().lastRequest().body()).isEqualTo(asked);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Prompt-Tokens", "36")
        .containsEntry("X-Infermux-Completion-Tokens", "12")
        .containsEntry("X-Infermux-Provider", "upstream")
        .doesNotContainKey("X-Infermux-Translated");
  }

  @Test
  void a_stream_passes_with_the_names_of_its_events() {
    gateway.upstream().next(ResponseTexts.streamed(ResponseTexts.events()));

    WireAnswer answer = gateway.post("/responses", ResponseTexts.stream(Gateway.MODEL, "Hi"));

    assertThat(answer.body()).isEqualTo(String.join("", ResponseTexts.events()));
    assertThat(answer.trailers())
        .containsEntry("X-Infermux-Prompt-Tokens", "36")
        .containsEntry("X-Infermux-Completion-Tokens", "12");
  }

  @Test
  void a_provider_without_it_is_asked_in_chat_by_the_very_same_call() {
    gateway
        .upstream()
        .next(MockAnswer.json(404, NO_SUCH_PATH), MockAnswer.json(Texts.CHAT_ANSWER))
        .always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer first = gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));
    WireAnswer second = gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));

    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.headers()).containsEntry("X-Infermux-Translated", "responses->chat");
    assertThat(text(first)).isEqualTo("Hello there");
    assertThat(text(second)).isEqualTo("Hello there");
    assertThat(gateway.upstream().requests())
        .extracting(request -> request.target())
        .containsExactly(PATH, "/v1/chat/completions", "/v1/chat/completions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /v1/responses | POST",
        "DELETE | /v1/responses/ | POST",
        "POST | /v1/responses/resp_1 | GET, HEAD, DELETE",
        "DELETE | /v1/responses/resp_1/cancel | POST",
        "POST | /v1/responses/resp_1/input_items | GET, HEAD"
      })
  void a_wrong_method_is_told_which_there_are(String method, String path, String allowed) {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.request(method, path, "{}").read();

      assertThat(answer.error().getString("code")).isEqualTo("method_not_allowed");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo(allowed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | | This model is only supported in v1/responses and not in v1/chat/completions.",
        "404 | | This is not a chat model and thus not supported in the v1/chat/completions"
            + " endpoint. Did you mean to use v1/completions?",
        "400 | unsupported_api_for_model | model m is not accessible via the /chat/completions"
            + " endpoint",
        "400 | OperationNotSupported | The chatCompletion operation does not work with the"
            + " specified model, m. Please choose different model and try again."
      })
  void a_model_that_has_this_api_alone_serves_chats_with_it(
      int status, @Nullable String code, String message) {
    JsonObject error =
        new JsonObject()
            .put("message", message)
            .put("type", "invalid_request_error")
            .put("param", "model")
            .put("code", code);
    String alone = new JsonObject().put("error", error).encode();
    gateway
        .upstream()
        .next(MockAnswer.json(status, alone), MockAnswer.json(ResponseTexts.answer()))
        .next(ResponseTexts.streamed(ResponseTexts.events()));

    WireAnswer whole = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
    WireAnswer stream = gateway.post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));

    assertThat(whole.headers()).containsEntry("X-Infermux-Translated", "chat->responses");
    assertThat(whole.body()).contains("\"content\":\"Hello there\"");
    assertThat(stream.events()).endsWith("[DONE]");
    assertThat(gateway.upstream().requests())
        .extracting(request -> request.target())
        .containsExactly("/v1/chat/completions", PATH, PATH);
  }

  @Test
  void a_model_that_takes_neither_is_asked_for_completions_as_before() {
    String instruct =
        "{\"error\":{\"message\":\"This is not a chat model and thus not supported in the"
            + " v1/chat/completions endpoint. Did you mean to use v1/completions?\","
            + "\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":null}}";
    String completions = "/v1/completions";
    gateway
        .upstream()
        .next(MockAnswer.json(404, instruct), MockAnswer.json(404, instruct))
        .next(MockAnswer.json(404, instruct));

    WireAnswer chat = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
    gateway.post(completions, "{\"model\":\"" + Gateway.MODEL + "\",\"prompt\":\"Hi\"}");

    assertThat(chat.status()).isEqualTo(404);
    assertThat(gateway.upstream().requests())
        .extracting(request -> request.target())
        .startsWith("/v1/chat/completions", PATH, completions);
  }

  @Test
  void a_404_about_the_model_teaches_nothing() {
    String unknown =
        "{\"error\":{\"message\":\"The model does not exist\",\"type\":\"invalid_request_error\","
            + "\"param\":null,\"code\":\"model_not_found\"}}";
    gateway.upstream().next(MockAnswer.json(404, unknown), MockAnswer.json(ResponseTexts.answer()));

    WireAnswer refused = gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));
    WireAnswer answered = gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.error().getString("code")).isEqualTo("model_not_found");
    assertThat(answered.body()).isEqualTo(ResponseTexts.answer());
  }

  @Test
  void a_stream_that_breaks_fails_as_the_response_that_it_is() {
    List<String> begun = ResponseTexts.events().subList(0, 5);
    gateway.upstream().next(ResponseTexts.streamed(begun).thenReset());

    WireAnswer answer = gateway.post(PATH, ResponseTexts.stream(Gateway.MODEL, "Hi"));

    List<JsonObject> events = answer.events().stream().map(JsonObject::new).toList();
    assertThat(answer.body()).startsWith(String.join("", begun)).contains("event: error\n");
    JsonObject failed = events.get(5);
    assertThat(failed.getString("type")).isEqualTo("response.failed");
    assertThat(failed.getLong("sequence_number")).isEqualTo(5);
    JsonObject response = failed.getJsonObject("response");
    assertThat(response.getString("id")).isEqualTo(ResponseTexts.ID);
    assertThat(response.getString("status")).isEqualTo("failed");
    assertThat(response.getJsonObject("error").getString("code")).isEqualTo("server_error");
    JsonObject error = events.get(6);
    assertThat(error.getString("type")).isEqualTo("error");
    assertThat(error.getLong("sequence_number")).isEqualTo(6);
    assertThat(error.getString("code")).isEqualTo("upstream_error");
    assertThat(events).hasSize(7);
  }

  @Test
  void a_failed_response_is_an_error_with_its_class() {
    String failed =
        ResponseTexts.response("failed", "", "null")
            .replace(
                "\"error\":null",
                "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}");
    gateway.upstream().next(MockAnswer.json(failed));

    WireAnswer answer = gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));

    assertThat(answer.status()).isEqualTo(429);
    ErrorShape.check(answer, "rate_limit");
  }

  @Test
  void kept_responses_are_asked_for_where_they_are_kept() {
    gateway
        .upstream()
        .next(
            MockAnswer.json(ResponseTexts.answer()),
            MockAnswer.json(ResponseTexts.answer()),
            ResponseTexts.streamed(ResponseTexts.events()),
            MockAnswer.json("{\"object\":\"list\",\"data\":[],\"has_more\":false}"),
            MockAnswer.json(ResponseTexts.response("cancelled", "", "null")),
            MockAnswer.json("{\"id\":\"x\",\"object\":\"response\",\"deleted\":true}"));
    gateway.post(PATH, ResponseTexts.ask(Gateway.MODEL, "Hi"));
    String kept = PATH + "/" + ResponseTexts.ID;

    WireAnswer read = gateway.get(kept + "?include=message.output_text.logprobs");
    WireAnswer again = gateway.get(kept + "?stream=true&starting_after=2");
    WireAnswer input = gateway.get(kept + "/input_items?limit=1");
    WireAnswer cancelled = gateway.post(kept + "/cancel", "");
    WireAnswer deleted = gateway.connect().request("DELETE", kept, "").read();

    assertThat(read.body()).isEqualTo(ResponseTexts.answer());
    assertThat(read.headers()).containsEntry("X-Infermux-Cost", "0");
    assertThat(again.body()).isEqualTo(String.join("", ResponseTexts.events()));
    assertThat(input.json().getString("object")).isEqualTo("list");
    assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
    assertThat(deleted.json().getBoolean("deleted")).isTrue();
    assertThat(gateway.upstream().requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly(
            "POST " + PATH,
            "GET " + kept + "?include=message.output_text.logprobs",
            "GET " + kept + "?stream=true&starting_after=2",
            "GET " + kept + "/input_items?limit=1",
            "POST " + kept + "/cancel",
            "DELETE " + kept);
  }

  @Test
  void unknown_responses_and_paths_are_404() {
    WireAnswer unknown = gateway.get(PATH + "/resp_nobody_knows");
    WireAnswer nowhere = gateway.post(PATH + "/resp_1/explode", "");

    assertThat(unknown.status()).isEqualTo(404);
    ErrorShape.check(unknown, "response_not_found");
    assertThat(unknown.error().getString("message")).contains("resp_nobody_knows");
    assertThat(nowhere.status()).isEqualTo(404);
    ErrorShape.check(nowhere, "not_found");
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @Test
  void what_goes_on_from_a_kept_response_goes_to_its_provider_alone() {
    WireAnswer elsewhere =
        gateway.post(
            PATH,
            "{\"model\":\"echo-v1\",\"input\":\"Hi\",\"previous_response_id\":\"resp_elsewhere\"}");

    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.error().getString("param")).isEqualTo("previous_response_id");
  }

  private static String text(WireAnswer answer) {
    return answer
        .json()
        .getJsonArray("output")
        .getJsonObject(0)
        .getJsonArray("content")
        .getJsonObject(0)
        .getString("text");
  }
}
