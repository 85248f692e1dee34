package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A legacy completion at a provider that has messages only. */
@ExtendWith(VertxExtension.class)
class LegacyCompletionTest {

  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[{\"type\":\"text\",\"text\":\"upon"
          + " a time\"}],\"stop_reason\":\"end_turn\","
          + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    ProviderOptions.of("claude", ProviderType.ANTHROPIC)
                        .withApiKey(Secret.of("key"))
                        .withBaseUrl(upstream.baseUrl())
                        .withModels("claude-x")));
    gateway.upstream().always(MockAnswer.json(MESSAGE));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void is_answered_as_text_and_says_that_it_was_translated() {
    WireAnswer answer =
        gateway.post(
            "/v1/completions",
            "{\"model\":\"claude-x\",\"prompt\":\"Once\",\"max_tokens\":9,\"logit_bias\":{\"1\":2}}");

    JsonObject choice = answer.json().getJsonArray("choices").getJsonObject(0);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("object")).isEqualTo("text_completion");
    assertThat(choice.getString("text")).isEqualTo("upon a time");
    assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    assertThat(answer.json().getJsonObject("usage").getInteger("total_tokens")).isEqualTo(5);
    assertThat(answer.header("x-infermux-translated")).isEqualTo("completions->messages");
    assertThat(answer.header("x-infermux-dropped")).contains("logit_bias");
    assertThat(gateway.upstream().lastRequest().body()).contains("Once");
  }

  @Test
  void that_a_message_cannot_be_is_refused_before_anything_is_sent() {
    WireAnswer answer =
        gateway.post(
            "/v1/completions",
            "{\"model\":\"claude-x\",\"prompt\":[\"a\",\"b\"],\"max_tokens\":9}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("param")).isEqualTo("prompt");
    assertThat(gateway.upstream().requests()).isEmpty();
  }
}
