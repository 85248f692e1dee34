package dev.infermux.simulation;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import java.math.BigDecimal;
import java.util.List;

/**
 * One row of the tables: how the gateway is configured.
 *
 * @param name of the row
 */
record Setup(String name, RoutingOptions routing, CircuitOptions circuit, BudgetOptions budgets) {

  /** More than an hour can cost. */
  private static final BudgetOptions AMPLE = budget("1000000");

  static Setup of(RoutingStrategy strategy) {
    return new Setup(
        strategy.wireName(),
        RoutingOptions.defaults().withStrategy(strategy),
        CircuitOptions.defaults(),
        AMPLE);
  }

  Setup withoutCircuits() {
    return new Setup(
        name + ", circuits off",
        routing,
        CircuitOptions.defaults()
            .withConsecutiveFailures(Integer.MAX_VALUE)
            .withMinRequests(Integer.MAX_VALUE),
        budgets);
  }

  Setup withoutRepair() {
    return new Setup(
        name + ", no retry or failover",
        routing
            .withRetry(routing.retry().withAttempts(0))
            .withFailover(routing.failover().withEnabled(false)),
        circuit,
        budgets);
  }

  /** The caller may spend this much in the month of the hour. */
  Setup withBudget(String usd) {
    return new Setup(name + ", " + usd + " USD", routing, circuit, budget(usd));
  }

  private static BudgetOptions budget(String usd) {
    return BudgetOptions.defaults()
        .withCallers(
            List.of(
                new CallerBudget(
                    SimulatedRouter.CALLER, new BigDecimal(usd), BudgetAction.HARD_STOP, null)));
  }
}
