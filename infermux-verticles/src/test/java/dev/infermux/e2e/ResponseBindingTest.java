package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderOptions.Responses;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a provider of the Responses API keeps or seals is asked for at that provider. */
@ExtendWith(VertxExtension.class)
class ResponseBindingTest {

  private static final String PATH = "/v1/responses";
  private static final String FAILS = "{\"error\":{\"message\":\"boom\"}}";
  private static final String THOUGHT =
      "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAAAsealed\"}";
  private static final String GOES_ON =
      "{\"model\":\""
          + Gateway.MODEL
          + "\",\"input\":\"And?\",\"previous_response_id\":\""
          + ResponseTexts.ID
          + "\"}";

  private Pair pair;

  @BeforeEach
  void open(Vertx vertx) {
    pair =
        Pair.start(
            vertx,
            routing -> routing.withStrategy(RoutingStrategy.PRIORITY),
            UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private WireAnswer post(String body) {
    return pair.gateway().post(PATH, body);
  }

  @Test
  void a_response_that_goes_on_goes_to_the_provider_of_the_first() {
    pair.first().always(MockAnswer.json(503, FAILS));
    pair.second().next(MockAnswer.json(ResponseTexts.answer()));
    post(ResponseTexts.ask(Gateway.MODEL, "Hi"));
    int asked = pair.first().requests().size();
    pair.second().next(MockAnswer.json(ResponseTexts.answer()));

    WireAnswer next = post(GOES_ON);

    assertThat(next.status()).isEqualTo(200);
    assertThat(next.headers()).containsEntry("X-Infermux-Provider", "second");
    assertThat(pair.second().lastRequest().body()).isEqualTo(GOES_ON);
    assertThat(pair.first().requests()).hasSize(asked);
  }

  @Test
  void a_response_that_goes_on_is_not_asked_of_another_provider() {
    pair.first().next(MockAnswer.json(ResponseTexts.answer()));
    post(ResponseTexts.ask(Gateway.MODEL, "Hi"));
    pair.first().always(MockAnswer.json(503, FAILS));

    WireAnswer next = post(GOES_ON);

    assertThat(next.status()).isEqualTo(502);
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void a_response_that_goes_on_with_another_model_is_told_whose_it_is() {
    pair.first().next(MockAnswer.json(ResponseTexts.answer()));
    post(ResponseTexts.ask(Gateway.MODEL, "Hi"));

    WireAnswer next = post(GOES_ON.replace(Gateway.MODEL, "another-model"));

    assertThat(next.status()).isEqualTo(404);
    assertThat(next.error().getString("message"))
        .startsWith(
            "model: \"another-model\" at provider \"first\", which alone has what an id in the"
                + " request names, is served by no configured provider");
  }

  @Test
  void an_encrypted_thought_is_left_out_elsewhere_and_told() {
    String thoughtful = ResponseTexts.response("completed", THOUGHT, ResponseTexts.USAGE);
    pair.first().next(MockAnswer.json(thoughtful));
    post(ResponseTexts.ask(Gateway.MODEL, "Hi"));
    pair.first().always(MockAnswer.json(503, FAILS));
    pair.second().next(MockAnswer.json(ResponseTexts.answer()));

    WireAnswer next =
        post(
            "{\"model\":\""
                + Gateway.MODEL
                + "\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + THOUGHT
                + "]}");

    assertThat(next.headers())
        .containsEntry("X-Infermux-Provider", "second")
        .containsEntry("X-Infermux-Dropped", "reasoning.encrypted_content");
    assertThat(pair.second().lastRequest().body())
        .contains("[{\"role\":\"user\",\"content\":\"Hi\"}]")
        .doesNotContain("gAAAA");
    assertThat(pair.first().lastRequest().body()).contains("gAAAA");
  }

  @Test
  void failover_crosses_dialects_before_the_first_content(Vertx vertx) {
    pair.close();
    UnaryOperator<ProviderOptions> chatAlone = second -> second.withResponses(Responses.NO);
    pair = Pair.start(vertx, UnaryOperator.identity(), UnaryOperator.identity(), chatAlone);
    pair.first().always(MockAnswer.json(503, FAILS));
    pair.second().next(Texts.streamAnswer());

    WireAnswer answer = post(ResponseTexts.stream(Gateway.MODEL, "Hi"));

    assertThat(answer.headers())
        .containsEntry("X-Infermux-Provider", "second")
        .containsEntry("X-Infermux-Translated", "responses->chat");
    assertThat(answer.body())
        .startsWith("event: response.created\n")
        .contains("\"text\":\"Hello there\"")
        .contains("event: response.completed\n");
    assertThat(pair.second().lastRequest().target()).isEqualTo("/v1/chat/completions");
  }
}
