package dev.infermux.assembly;

import dev.infermux.budget.BudgetReader;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.inbound.management.view.MetricsView;
import dev.infermux.operations.BudgetGauges;
import dev.infermux.operations.BudgetOracle;
import dev.infermux.operations.CostDesk;
import dev.infermux.operations.GatewayDesk;
import dev.infermux.operations.Operations;
import dev.infermux.operations.ProviderDesk;
import dev.infermux.operations.RouteDesk;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.policy.budget.options.BudgetOptions;
import dev.infermux.policy.budget.options.CallerBudget;
import dev.infermux.standing.Standings;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** Introduces what there is to see of one InferMux to the management door. */
final class Views {

  private Views() {}

  /** All of it; what shows in the metrics is registered with them. */
  static ManagementViews of(
      Vertx vertx, Operations operations, RouterComponents router, PongSupplier pulse) {
    Standings standings = router.standings();
    BudgetReader money = new BudgetReader(vertx, router.instance());
    List<String> budgeted = budgeted(router.budgets());
    BudgetGauges gauges = new BudgetGauges(money, budgeted);
    gauges.register(operations.metrics());
    operations.witnesses().add(gauges);
    MetricsView metrics = operations.metricsView(vertx);
    return new ManagementViews(
        new GatewayDesk(pulse, operations.lifecycle(), standings, operations.recent()),
        new ProviderDesk(router.registry(), standings, operations.recent()),
        new RouteDesk(
            router.routes()::explain,
            new BudgetOracle(money, router.budgets(), router::holdRequest)),
        new CostDesk(money, budgeted, InstantSource.system()),
        operations.requests(),
        accept -> gauges.refresh().compose(asked -> metrics.metrics(accept)));
  }

  private static List<String> budgeted(BudgetOptions budgets) {
    return budgets.callers().stream()
        .map(CallerBudget::caller)
        .filter(caller -> !caller.equals(CallerBudget.EVERYONE_ELSE))
        .toList();
  }
}
