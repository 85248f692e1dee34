package dev.infermux.pipeline;

import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.Call;
import dev.infermux.inference.Exclusion;
import dev.infermux.pipeline.selection.Router;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.provider.guard.Registry;
import dev.infermux.time.Time;
import java.util.random.RandomGenerator;

/**
 * What all cells of one InferMux share; every part is safe on any thread.
 *
 * @param instance tells this InferMux from others on the same event bus
 * @param rules that a call meets when it comes in
 */
public record RouterComponents(
    String instance,
    Registry registry,
    Router router,
    RulesInForce rules,
    TokenEstimator estimator,
    CallInstruments instruments,
    IssuedIds issued,
    Time time,
    RandomGenerator random) {

  /** What would happen to a call now, without doing it. */
  public RoutePlan explain(Call call) {
    return router.explain(call).without(bound().unpriced(call), Exclusion.UNPRICED.wireName());
  }

  /** What a call would ask of its caller's budget. */
  public ReservationRequest reservationRequest(Call call) {
    return bound().request(call);
  }

  private CostBound bound() {
    CallRules now = rules.now();
    return new CostBound(now.budgets(), router, now.pricing(), false);
  }
}
