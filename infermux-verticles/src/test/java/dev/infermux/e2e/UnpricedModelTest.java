package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.UnpricedAction;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models without a price, asked for by a caller with a hard limit and by others. */
@ExtendWith(VertxExtension.class)
class UnpricedModelTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String TEAM = "X-Infermux-Caller: team-a";
  private static final String STRANGE = "no-such-model-9";

  private Vertx vertx;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private Gateway start(UnpricedAction action, PricingOptions pricing, String... providers) {
    return start(
        new CallerBudget("team-a", new BigDecimal("0.01"), BudgetAction.HARD_STOP, null),
        action,
        pricing,
        providers);
  }

  private Gateway start(
      CallerBudget budget, UnpricedAction action, PricingOptions pricing, String... providers) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) -> {
              var all =
                  config
                      .withBudgets(
                          BudgetOptions.defaults()
                              .withUnpriced(action)
                              .withCallers(List.of(budget)))
                      .withPricing(pricing)
                      .withRouting(
                          RoutingOptions.defaults()
                              .withStrategy(RoutingStrategy.PRIORITY)
                              .withFailover(FailoverOptions.defaults().withEnabled(false)));
              for (String provider : providers) {
                all =
                    all.withProvider(
                        ProviderOptions.of(provider, ProviderType.OPENAI)
                            .withBaseUrl(upstream.baseUrl())
                            .withModels(STRANGE, Gateway.MODEL));
              }
              return all;
            });
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    return gateway;
  }

  private WireAnswer ask(String model, String... headers) {
    String body = "{\"max_tokens\":10," + Texts.chat(model, "Hi").substring(1);
    return gateway.post(PATH, body, headers);
  }

  @Test
  void a_hard_limit_refuses_what_it_cannot_bound_and_says_the_line_to_add() {
    start(UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");

    WireAnswer refused = ask(STRANGE, TEAM);

    assertThat(refused.status()).isEqualTo(403);
    JsonObject error = refused.json().getJsonObject("error");
    assertThat(error.getString("code")).isEqualTo("unpriced_model");
    assertThat(error.getString("message"))
        .contains("pricing: { openai: { \"no-such-model-9\": { input_per_million")
        .contains("budgets.unpriced");
    assertThat(refused.header("x-should-retry")).isEqualTo("false");
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"REFUSE,true,403", "REFUSE,false,200", "ALLOW,true,200"})
  void a_hard_limit_refuses_what_is_billed_after_the_call(
      UnpricedAction action, boolean background, int status) {
    start(action, PricingOptions.defaults(), "openai");
    gateway.upstream().always(MockAnswer.json(ResponseTexts.answer()));
    String asked = ResponseTexts.ask(Gateway.MODEL, "Hi");
    String body =
        "{\"background\":" + background + ",\"max_output_tokens\":20," + asked.substring(1);

    WireAnswer answer = gateway.post("/v1/responses", body, TEAM);
    WireAnswer stranger = gateway.post("/v1/responses", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(stranger.status()).isEqualTo(200);
    if (status == 403) {
      assertThat(answer.error().getString("code")).isEqualTo("unpriced_model");
      assertThat(answer.error().getString("message")).startsWith("background: true");
    }
  }

  @Test
  void the_override_of_the_budget_serves_what_has_no_price() {
    start(overridden("0.01"), UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");

    WireAnswer served = ask(STRANGE, TEAM);

    assertThat(served.status()).isEqualTo(200);
    assertThat(served.header("x-infermux-model-override")).isEqualTo(Gateway.MODEL);
    assertThat(new JsonObject(gateway.upstream().lastRequest().body()).getString("model"))
        .isEqualTo(Gateway.MODEL);
    JsonObject plan =
        gateway.post("/_infermux/route/explain", Texts.chat(STRANGE, "Hi"), TEAM).json();
    assertThat(plan.getJsonObject("budget").encode()).contains("override", Gateway.MODEL);
  }

  @Test
  void an_override_that_does_not_fit_stops_what_has_no_price() {
    start(overridden("0.000001"), UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");

    WireAnswer refused = ask(STRANGE, TEAM);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().getJsonObject("error").getString("message"))
        .contains("0.000001 USD a month", "this call may cost up to 0.0");
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @Test
  void an_override_without_a_price_is_refused_as_well() {
    CallerBudget budget =
        new CallerBudget("team-a", BigDecimal.ONE, BudgetAction.HARD_STOP, STRANGE);
    start(budget, UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");

    assertThat(ask(STRANGE, TEAM).status()).isEqualTo(403);
  }

  private static CallerBudget overridden(String monthly) {
    return new CallerBudget(
        "team-a", new BigDecimal(monthly), BudgetAction.HARD_STOP, Gateway.MODEL);
  }

  @Test
  void others_pay_nothing_and_are_told() {
    start(UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");
    BusEvents events = new BusEvents(gateway.vertx());

    assertThat(ask(STRANGE).status()).isEqualTo(200);

    assertThat(events.costs(1).get(0).getString("cost_status")).isEqualTo("unpriced");
  }

  @Test
  void what_is_allowed_goes_and_counts_as_nothing() {
    start(UnpricedAction.ALLOW, PricingOptions.defaults(), "openai");

    assertThat(ask(STRANGE, TEAM).status()).isEqualTo(200);
  }

  @Test
  void a_priced_provider_serves_in_the_place_of_an_unpriced_one() {
    ModelPrice cent = new ModelPrice(BigDecimal.ONE, BigDecimal.ONE);
    PricingOptions second = new PricingOptions(Map.of("mistral", Map.of(STRANGE, cent)));
    start(UnpricedAction.REFUSE, second, "openai", "mistral");

    assertThat(ask(STRANGE, TEAM).header("x-infermux-provider")).isEqualTo("mistral");
    assertThat(ask(STRANGE).header("x-infermux-provider")).isEqualTo("openai");
    JsonObject plan =
        gateway.post("/_infermux/route/explain", Texts.chat(STRANGE, "Hi"), TEAM).json();
    assertThat(plan.getJsonArray("order")).isEqualTo(new JsonArray().add("mistral"));
    assertThat(plan.getJsonArray("providers").encode()).contains("\"reason\":\"unpriced\"");
  }

  @Test
  void a_price_for_any_model_prices_what_has_no_row() {
    ModelPrice any = new ModelPrice(BigDecimal.ONE, BigDecimal.ONE);
    start(UnpricedAction.REFUSE, new PricingOptions(Map.of("openai", Map.of("*", any))), "openai");

    // 19 tokens in and 10 out
    assertThat(ask(STRANGE, TEAM).header("x-infermux-cost")).isEqualTo("0.000029");
  }

  @Test
  void the_operators_own_provider_is_never_refused() {
    start(UnpricedAction.REFUSE, PricingOptions.defaults(), "gpu-box");
    BusEvents events = new BusEvents(gateway.vertx());

    assertThat(ask(STRANGE, TEAM).status()).isEqualTo(200);

    assertThat(events.costs(1).get(0).getString("cost_status")).isEqualTo("unpriced");
  }

  @Test
  void a_call_without_a_maximum_is_told_the_models_largest_completion() {
    start(UnpricedAction.REFUSE, PricingOptions.defaults(), "openai");

    WireAnswer lowered = gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"), TEAM);

    assertThat(lowered.status()).isEqualTo(200);
    // The caller has 0.01 USD: what fits is below the 16384 tokens of the list.
    int most = Integer.parseInt(String.valueOf(lowered.header("x-infermux-max-tokens")));
    assertThat(most).isBetween(15_000, 16_384);
    JsonObject sent = new JsonObject(gateway.upstream().lastRequest().body());
    assertThat(sent.getInteger("max_completion_tokens", sent.getInteger("max_tokens")))
        .isEqualTo(most);

    WireAnswer free = gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"));
    assertThat(free.header("x-infermux-max-tokens")).isNull();
    assertThat(new JsonObject(gateway.upstream().lastRequest().body()).fieldNames())
        .doesNotContain("max_tokens", "max_completion_tokens");
  }
}
