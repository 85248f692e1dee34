package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EstimatedUsageTest {

  private static final String UNCOUNTED =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello, world\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private Gateway gateway;
  private BusEvents events;
  private int asked;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    events = new BusEvents(gateway.vertx());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private JsonObject ask(String model) {
    return ask(model, UNCOUNTED);
  }

  private JsonObject ask(String model, String answer) {
    gateway.upstream().next(MockAnswer.json(answer));
    gateway.post("/v1/chat/completions", Texts.chat(model, "Hi there"));
    List<JsonObject> costs = events.costs(++asked);
    return costs.get(asked - 1);
  }

  @Test
  void what_a_provider_does_not_count_is_estimated_and_says_so() {
    JsonObject cost = ask("org/model-7b");

    assertThat(cost.getBoolean("estimated")).isTrue();
    assertThat(cost.getLong("tokens_in")).isEqualTo(2);
    assertThat(cost.getLong("tokens_out")).isEqualTo(3);
    assertThat(cost.getString("cost_status")).isEqualTo("unpriced");
  }

  @Test
  void the_half_that_a_report_leaves_out_is_estimated_and_says_so() {
    JsonObject cost = ask("org/model-7b", counted("\"completion_tokens\":40"));

    assertThat(cost.getBoolean("estimated")).isTrue();
    assertThat(cost.getLong("tokens_in")).isEqualTo(2);
    assertThat(cost.getLong("tokens_out")).isEqualTo(40);

    cost = ask("org/model-7b", counted("\"prompt_tokens\":40"));

    assertThat(cost.getBoolean("estimated")).isTrue();
    assertThat(cost.getLong("tokens_in")).isEqualTo(40);
    assertThat(cost.getLong("tokens_out")).isEqualTo(3);
  }

  private static String counted(String usage) {
    return UNCOUNTED.replace(",\"choices\"", ",\"usage\":{" + usage + "},\"choices\"");
  }

  @Test
  void the_prompt_of_an_openai_model_goes_through_its_tokenizer_once_that_is_loaded() {
    JsonObject first = ask(Gateway.MODEL);
    assertThat(first.getLong("tokens_in")).isIn(2L, 9L);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask(Gateway.MODEL).getLong("tokens_in"), tokens -> tokens == 9);

    JsonObject cost = ask(Gateway.MODEL);
    assertThat(cost.getString("cost_status")).isEqualTo("estimated");
    assertThat(cost.getLong("tokens_out")).isEqualTo(3);
    // 9 * 0.15 + 3 * 0.60 millionths of a dollar
    assertThat(cost.getDouble("cost_usd")).isEqualTo(0.00000315);
  }
}
