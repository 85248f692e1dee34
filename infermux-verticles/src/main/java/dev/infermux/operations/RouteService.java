package dev.infermux.operations;

import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteExplanation.Budget;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.Call;
import dev.infermux.policy.routing.RoutePlan;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What routing would do, from its own plan. */
public final class RouteService implements RouteView {

  private final Function<Call, RoutePlan> planner;
  private final Function<Call, Future<Optional<Budget>>> budgets;

  /**
   * @param budgets what a caller's budget would say; empty without one
   */
  public RouteService(
      Function<Call, RoutePlan> planner, Function<Call, Future<Optional<Budget>>> budgets) {
    this.planner = planner;
    this.budgets = budgets;
  }

  @Override
  public Future<RouteExplanation> explain(Call call) {
    RoutePlan plan = planner.apply(call);
    return budgets.apply(call).map(budget -> explanation(plan, budget.orElse(null)));
  }

  private static RouteExplanation explanation(RoutePlan plan, @Nullable Budget budget) {
    return new RouteExplanation(
        plan.model(),
        plan.group(),
        plan.strategy(),
        plan.providers().stream().map(RouteService::row).toList(),
        plan.order(),
        plan.maxAttempts(),
        budget);
  }

  private static RouteExplanation.Row row(RoutePlan.Row row) {
    return new RouteExplanation.Row(
        row.provider(), row.model(), row.exclusion(), row.scoreName(), row.score());
  }
}
