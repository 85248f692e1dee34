package dev.infermux.policy.budget;

import dev.infermux.inference.Secret;
import java.time.Duration;

/**
 * Budgets that several nodes share through a database.
 *
 * @param url of the database; with the password in it
 * @param pool connections to it, at least 2
 * @param horizon for how long a node's share of a budget shall last
 * @param spendLocally for how long a node spends up to the limit while the database is away; zero =
 *     it refuses what was not authorised before
 * @param lostAfter after how long without a sign a node counts as lost
 */
public record SharedBudgetOptions(
    Secret url, int pool, Duration horizon, Duration spendLocally, Duration lostAfter) {

  public static final int POOL = 4;
  public static final Duration HORIZON = Duration.ofMinutes(5);
  public static final Duration LOST_AFTER = Duration.ofMinutes(10);

  /** A database, and everything else as it is without being configured. */
  public static SharedBudgetOptions of(Secret url) {
    return new SharedBudgetOptions(url, POOL, HORIZON, Duration.ZERO, LOST_AFTER);
  }

  public SharedBudgetOptions withPool(int connections) {
    return new SharedBudgetOptions(url, connections, horizon, spendLocally, lostAfter);
  }

  public SharedBudgetOptions withHorizon(Duration time) {
    return new SharedBudgetOptions(url, pool, time, spendLocally, lostAfter);
  }

  public SharedBudgetOptions withSpendLocally(Duration time) {
    return new SharedBudgetOptions(url, pool, horizon, time, lostAfter);
  }

  public SharedBudgetOptions withLostAfter(Duration time) {
    return new SharedBudgetOptions(url, pool, horizon, spendLocally, time);
  }
}
