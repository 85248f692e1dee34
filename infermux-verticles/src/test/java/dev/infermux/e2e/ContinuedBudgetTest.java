package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a cut stream was charged counts before another provider is asked to write on. */
@ExtendWith(VertxExtension.class)
final class ContinuedBudgetTest {

  private static final String STREAM =
      "{\"max_tokens\":100," + Texts.stream(Gateway.MODEL, "Hi").substring(1);

  /** It cost 0.00084 USD for completion alone. */
  private static final MockAnswer DEAR_CUT =
      MockAnswer.events(Texts.role(), Texts.delta("Hello"), Texts.usage(30, 1_400)).thenClose();

  private static final MockAnswer CUT =
      MockAnswer.events(Texts.role(), Texts.delta(" the")).thenClose();

  private MockUpstream second;
  private MockUpstream third;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    second = MockUpstream.start(vertx);
    third = MockUpstream.start(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
    second.close();
    third.close();
  }

  @Test
  void nobody_is_asked_to_write_on_once_the_budget_has_no_room_for_it(Vertx vertx) {
    start(vertx, "0.0009");
    gateway.upstream().always(DEAR_CUT);
    second.always(Texts.streamAnswer());
    third.always(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", STREAM);

    assertThat(answer.body()).contains("Hello").contains("event: error").doesNotContain("[DONE]");
    assertThat(second.requests()).isEmpty();
    assertThat(third.requests()).isEmpty();
  }

  @Test
  void each_further_provider_is_asked_only_as_far_as_the_budget_goes(Vertx vertx) {
    start(vertx, "0.0011");
    BusEvents events = new BusEvents(gateway.vertx());
    gateway.upstream().always(DEAR_CUT);
    second.always(
        MockAnswer.events(Texts.role(), Texts.delta(" the"), Texts.usage(30, 300)).thenClose());
    third.always(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", STREAM);

    assertThat(answer.body()).contains(" the").contains("event: error").doesNotContain("[DONE]");
    assertThat(second.requests()).hasSize(1);
    assertThat(third.requests()).isEmpty();
    assertThat(events.costs(2)).hasSize(2);
  }

  @Test
  void what_one_provider_counted_says_nothing_of_the_next(Vertx vertx) {
    // Room for the completion of another attempt, not for its prompt's bound as well.
    start(vertx, "0.0007045");
    String counted =
        Texts.delta("Hello")
            .replace(
                "\"usage\":null",
                "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":1000,\"total_tokens\":1030}");
    gateway.upstream().always(MockAnswer.events(Texts.role(), counted).thenClose());
    second.always(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", STREAM);

    assertThat(answer.body()).contains("Hello").contains("event: error");
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void within_the_budget_a_stream_goes_on_until_it_is_whole(Vertx vertx) {
    start(vertx, "0.01");
    gateway.upstream().always(DEAR_CUT);
    second.always(CUT);
    third.always(Texts.streamAnswer());

    WireAnswer answer = gateway.post("/v1/chat/completions", STREAM);

    assertThat(answer.body()).contains(" the").endsWith("data: [DONE]\n\n");
    assertThat(third.requests()).hasSize(1);
  }

  private void start(Vertx vertx, String usd) {
    gateway =
        Gateway.start(
            vertx,
            (config, first) ->
                config
                    .withRouting(continuing())
                    .withBudgets(
                        BudgetOptions.defaults()
                            .withCallers(
                                List.of(
                                    new CallerBudget(
                                        "*", new BigDecimal(usd), BudgetAction.HARD_STOP, null))))
                    .withProvider(provider("first", first))
                    .withProvider(
                        provider("second", second).withPrefill(PrefillOptions.all(Prefill.MESSAGE)))
                    .withProvider(
                        provider("third", third).withPrefill(PrefillOptions.all(Prefill.MESSAGE))));
  }

  private static RoutingOptions continuing() {
    RoutingOptions defaults = RoutingOptions.defaults();
    return defaults
        .withStrategy(RoutingStrategy.PRIORITY)
        .withFailover(defaults.failover().withMidStream(MidStream.CONTINUE));
  }

  private static ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withBaseUrl(upstream.baseUrl())
        .withModels(Gateway.MODEL);
  }
}
