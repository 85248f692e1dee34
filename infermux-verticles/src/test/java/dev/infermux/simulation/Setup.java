package dev.infermux.simulation;

import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;

/**
 * One row of the tables: how the gateway is configured.
 *
 * @param name of the row
 */
record Setup(String name, RoutingOptions routing, CircuitOptions circuit) {

  static Setup of(RoutingStrategy strategy) {
    return new Setup(
        strategy.wireName(),
        RoutingOptions.defaults().withStrategy(strategy),
        CircuitOptions.defaults());
  }

  Setup withoutCircuits() {
    return new Setup(
        name + ", circuits off",
        routing,
        CircuitOptions.defaults()
            .withConsecutiveFailures(Integer.MAX_VALUE)
            .withMinRequests(Integer.MAX_VALUE));
  }

  Setup withoutRepair() {
    return new Setup(
        name + ", no retry or failover",
        routing
            .withRetry(routing.retry().withAttempts(0))
            .withFailover(routing.failover().withEnabled(false)),
        circuit);
  }
}
