package dev.infermux.pipeline;

import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.call.Call;
import dev.infermux.pipeline.choice.Routes;
import dev.infermux.pipeline.money.Pricing;
import dev.infermux.pipeline.money.Worth;
import dev.infermux.policy.budget.HoldRequest;
import dev.infermux.policy.budget.options.BudgetOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.Registry;
import dev.infermux.standing.Standings;

/**
 * What all cells of one InferMux share; every part is safe on any thread.
 *
 * @param instance tells this InferMux from others on the same event bus
 */
public record RouterParts(
    String instance,
    Registry registry,
    Routes routes,
    Standings standings,
    RoutingOptions routing,
    BudgetOptions budgets,
    Pricing pricing,
    TokenEstimator estimator,
    Intake intake) {

  /** What a call would ask of its caller's budget. */
  public HoldRequest holdRequest(Call call) {
    return new Worth(budgets, routes, pricing, false).request(call);
  }
}
