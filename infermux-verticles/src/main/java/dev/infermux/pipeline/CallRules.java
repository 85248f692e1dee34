package dev.infermux.pipeline;

import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.routing.RoutingOptions;

/**
 * The rules that a call meets when it comes in. It keeps them to its end, whatever is reloaded
 * meanwhile. Immutable; two of them are the same only if they are one object.
 */
public final class CallRules {

  private final RoutingOptions routing;
  private final BudgetOptions budgets;
  private final Pricing pricing;

  public CallRules(RoutingOptions routing, BudgetOptions budgets, Pricing pricing) {
    this.routing = routing;
    this.budgets = budgets;
    this.pricing = pricing;
  }

  public RoutingOptions routing() {
    return routing;
  }

  public BudgetOptions budgets() {
    return budgets;
  }

  public Pricing pricing() {
    return pricing;
  }
}
