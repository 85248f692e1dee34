package dev.infermux.pipeline;

import dev.infermux.estimation.TokenEstimator;
import dev.infermux.policy.budget.BudgetOptions;
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
    Intake intake) {}
