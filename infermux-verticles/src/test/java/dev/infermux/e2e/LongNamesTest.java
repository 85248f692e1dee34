package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a provider names has no more than a name's length in records, events and logs. */
@ExtendWith(VertxExtension.class)
class LongNamesTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String LONG = "x".repeat(1 << 20);

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    events = new BusEvents(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void reason_and_model_of_a_whole_answer() {
    String answer =
        Texts.CHAT_ANSWER
            .replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"" + LONG + '"')
            .replace("gpt-4o-mini-2024-07-18", LONG);
    gateway.upstream().next(MockAnswer.json(answer));

    gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"));

    isShort(events.inferences(1).get(0));
  }

  @Test
  void reason_of_a_stream() {
    gateway
        .upstream()
        .next(
            MockAnswer.events(
                Texts.role(),
                Texts.delta("Hi").replace("gpt-4o-mini-2024-07-18", LONG),
                Texts.finish().replace("\"stop\"", '"' + LONG + '"'),
                "[DONE]"));

    gateway.post(PATH, Texts.stream(Gateway.MODEL, "Hi"));

    isShort(events.inferences(1).get(0));
  }

  @Test
  void code_type_and_param_of_an_error() {
    String error =
        "{\"error\":{\"message\":\"%1$s\",\"type\":\"%1$s\",\"code\":\"%1$s\",\"param\":\"%1$s\"}}"
            .formatted(LONG);
    gateway.upstream().next(MockAnswer.json(400, error));

    String answer = gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi")).body();

    assertThat(answer.length()).isLessThan(3_000);
    isShort(events.inferences(1).get(0));
  }

  private void isShort(JsonObject event) {
    assertThat(event.encode().length()).isLessThan(6_000);
    assertThat(gateway.get("/_infermux/requests?limit=1").body().length()).isLessThan(6_000);
  }
}
