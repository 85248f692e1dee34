package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A budget puts a maximum into a request, and the provider refuses that. */
@ExtendWith(VertxExtension.class)
class RefusedMaximumTest {

  private static final String CALLER = "X-Infermux-Caller: team-a";
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"gpt-4o-mini\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
          + "\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";

  private static void refusesMaxima(Gateway gateway) {
    gateway
        .upstream()
        .always(
            request ->
                request.body().contains("\"max_")
                    ? MockAnswer.json(
                        400,
                        "{\"error\":{\"message\":\"Unknown field: max_tokens,"
                            + " max_completion_tokens\",\"type\":\"invalid_request_error\"}}")
                    : MockAnswer.json(ANSWER));
  }

  @Test
  void is_lifted_where_the_budget_bears_the_largest_completion(Vertx vertx) {
    try (Gateway gateway = Budgeted.start(vertx, "5", BudgetAction.HARD_STOP, null)) {
      refusesMaxima(gateway);

      WireAnswer answer =
          gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"), CALLER);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(gateway.upstream().requests()).hasSize(3);
    }
  }

  @Test
  void stays_where_it_does_not(Vertx vertx) {
    try (Gateway gateway = Budgeted.start(vertx, "0.002", BudgetAction.HARD_STOP, null)) {
      refusesMaxima(gateway);

      WireAnswer answer =
          gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"), CALLER);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(gateway.upstream().requests()).hasSize(2);
    }
  }
}
