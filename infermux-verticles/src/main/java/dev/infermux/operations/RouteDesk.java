package dev.infermux.operations;

import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.call.Call;
import dev.infermux.policy.routing.RoutePlan;
import java.util.function.Function;

/** What routing would do, from its own plan. */
public final class RouteDesk implements RouteView {

  private final Function<Call, RoutePlan> planner;

  public RouteDesk(Function<Call, RoutePlan> planner) {
    this.planner = planner;
  }

  @Override
  public RouteExplanation explain(Call call) {
    RoutePlan plan = planner.apply(call);
    return new RouteExplanation(
        plan.model(),
        plan.group(),
        plan.strategy(),
        plan.providers().stream().map(RouteDesk::row).toList(),
        plan.order(),
        plan.maxAttempts());
  }

  private static RouteExplanation.Row row(RoutePlan.Row row) {
    return new RouteExplanation.Row(
        row.provider(), row.model(), row.exclusion(), row.scoreName(), row.score());
  }
}
