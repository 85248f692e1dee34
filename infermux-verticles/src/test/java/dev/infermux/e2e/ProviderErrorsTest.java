package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers of each API read of a provider's errors. */
@ExtendWith(VertxExtension.class)
class ProviderErrorsTest {

  private Gateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions|\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]",
        "/v1/messages|\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]",
        "/v1/responses|\"input\":\"Hi\"",
        "/api/chat|\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]",
      })
  void a_spent_quota_is_not_to_be_tried_again(String path, String rest) {
    gateway
        .upstream()
        .always(
            MockAnswer.json(
                400,
                "{\"error\":{\"message\":\"Billing hard limit has been reached\","
                    + "\"type\":\"x\",\"code\":\"billing_hard_limit_reached\"}}"));

    WireAnswer answer = gateway.post(path, "{\"model\":\"" + Gateway.MODEL + "\"," + rest + "}");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Error", "insufficient_quota")
        .containsEntry("x-should-retry", "false");
    assertThat(answer.body()).contains("Billing hard limit");
  }

  @Test
  void a_long_error_keeps_its_words_and_all_keys() {
    gateway
        .upstream()
        .always(
            MockAnswer.json(
                422,
                "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\"],\"msg\":\"Field"
                    + " required\",\"input\":\""
                    + "A".repeat(300_000)
                    + "\"}]}"));

    WireAnswer answer = gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"Field required\",\"type\":\"infermux_error\","
                + "\"code\":\"missing\",\"param\":\"messages\"}}");
  }
}
