package dev.infermux.ledger;

import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.SharedBudgetOptions;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * Makes the ledger of a node that shares its budgets. The module {@code infermux-cluster} brings
 * it, found by {@link java.util.ServiceLoader}.
 */
public interface SharedLedgers {

  /** Fails with an {@code IllegalArgumentException} that says what is wrong. */
  Future<SharedLedger> open(Setup setup);

  /**
   * Looks whether a node could share its budgets there, and leaves everything as it is.
   *
   * @param cluster the name of all nodes together
   * @return what is there, in a line; fails with a message that says what is wrong
   */
  Future<String> look(Vertx vertx, SharedBudgetOptions shared, String cluster);

  /**
   * What it is made of.
   *
   * @param options with {@code shared} and a state file
   * @param cluster the name of all nodes together
   */
  record Setup(
      Vertx vertx,
      BudgetOptions options,
      String cluster,
      Time time,
      Consumer<BudgetAlert> onAlert) {}
}
