package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.OllamaServer;
import dev.infermux.testing.OllamaTexts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that begin at a provider of type {@code ollama} and end at one of OpenAI's type. */
@ExtendWith(VertxExtension.class)
class OllamaFailoverTest {

  private Pair pair;

  @BeforeEach
  void open(Vertx vertx) {
    pair =
        Pair.start(
            vertx,
            UnaryOperator.identity(),
            options ->
                ProviderOptions.of(options.name(), ProviderType.OLLAMA)
                    .withBaseUrl(options.baseUrl())
                    .withModels(options.models()));
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void stream_goes_on_elsewhere_before_its_first_token() {
    pair.first().always(OllamaTexts.error(500, "llama runner process has terminated"));
    pair.second().always(Texts.streamAnswer());

    WireAnswer answer = ask("/api/chat", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Provider", "second")
        .containsEntry("X-Infermux-Translated", "ollama->chat")
        .containsEntry("content-type", "application/x-ndjson");
    assertThat(answer.body().lines()).last().asString().contains("\"done\":true");
  }

  @Test
  void stream_that_breaks_after_its_first_token_is_not_repeated() {
    pair.first().always(OllamaTexts.stream(OllamaTexts.HELLO).thenReset());

    WireAnswer answer = ask("/api/chat", "");

    assertThat(answer.body()).startsWith(OllamaTexts.HELLO).doesNotContain("\"done\":true");
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void what_one_api_cannot_be_asked_goes_to_the_one_that_can() {
    pair.first().always(new OllamaServer());
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = ask("/v1/chat/completions", ",\"n\":2");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "second");
    assertThat(pair.first().requests()).isEmpty();
  }

  @Test
  void anthropics_and_responses_callers_are_served_by_it() {
    pair.first().always(new OllamaServer());

    WireAnswer messages = ask("/v1/messages", ",\"max_tokens\":50");
    WireAnswer responses =
        pair.gateway()
            .post("/v1/responses", "{\"model\":\"" + Gateway.MODEL + "\",\"input\":\"Hi\"}");

    assertThat(messages.headers()).containsEntry("X-Infermux-Translated", "messages->ollama");
    assertThat(messages.json().getJsonArray("content").encode()).contains("Hello, world");
    assertThat(messages.json().getJsonObject("usage").getInteger("output_tokens")).isEqualTo(3);
    assertThat(responses.headers()).containsEntry("X-Infermux-Translated", "responses->ollama");
    assertThat(responses.body()).contains("Hello, world");
    JsonObject sent = new JsonObject(pair.first().requests().get(0).body());
    assertThat(sent.getJsonObject("options").getInteger("num_predict")).isEqualTo(50);
  }

  private WireAnswer ask(String path, String fields) {
    return pair.gateway()
        .post(
            path,
            "{\"model\":\""
                + Gateway.MODEL
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"
                + fields
                + "}");
  }
}
