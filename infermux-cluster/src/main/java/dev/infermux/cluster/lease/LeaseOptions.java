package dev.infermux.cluster.lease;

import java.time.Duration;

/**
 * How large leases are, and how long calls wait.
 *
 * @param horizon for how long a lease shall last
 * @param idle after how long without calls it is given back
 * @param report how often what was spent is told
 * @param nearReport how often while the limit is near
 * @param patience how long a call waits for its money
 * @param denial how long a call is refused without asking again
 * @param spendLocally for how long a node spends up to the limit while the store is away
 */
public record LeaseOptions(
    Duration horizon,
    Duration idle,
    Duration report,
    Duration nearReport,
    Duration patience,
    Duration denial,
    Duration spendLocally) {

  public static LeaseOptions defaults() {
    return new LeaseOptions(
        Duration.ofSeconds(300),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofMillis(250),
        Duration.ofMillis(100),
        Duration.ZERO);
  }

  public LeaseOptions withHorizon(Duration horizon) {
    return new LeaseOptions(horizon, idle, report, nearReport, patience, denial, spendLocally);
  }

  public LeaseOptions withSpendLocally(Duration spendLocally) {
    return new LeaseOptions(horizon, idle, report, nearReport, patience, denial, spendLocally);
  }
}
