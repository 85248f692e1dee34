package dev.infermux.policy.routing;

/** The ways to choose among eligible providers, under the names of the configuration file. */
public enum RoutingStrategy {
  ROUND_ROBIN("round_robin"),
  LEAST_LATENCY("least_latency"),
  COST_WEIGHTED("cost_weighted"),
  RANDOM("random"),
  PRIORITY("priority");

  private final String wireName;

  RoutingStrategy(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
