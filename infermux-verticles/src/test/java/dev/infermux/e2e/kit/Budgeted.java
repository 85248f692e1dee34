package dev.infermux.e2e.kit;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gateways at which {@code team-a} has a budget, and what their tests ask of them. */
public final class Budgeted {

  private Budgeted() {}

  /** With so many dollars a month. */
  public static Gateway start(
      Vertx vertx, String usd, BudgetAction action, @Nullable String override) {
    CallerBudget budget = new CallerBudget("team-a", new BigDecimal(usd), action, override);
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withBudgets(BudgetOptions.defaults().withCallers(List.of(budget)))
                .withProvider(Gateway.provider(upstream)));
  }

  /** A chat of two bytes. */
  public static String chat(int maxTokens) {
    return "{\"max_tokens\":" + maxTokens + "," + Texts.chat(Gateway.MODEL, "Hi").substring(1);
  }

  /** What the budget would say to it; null for a caller without one. */
  public static @Nullable JsonObject explained(Gateway gateway, String body, String caller) {
    return gateway.post("/_infermux/route/explain", body, caller).json().getJsonObject("budget");
  }
}
