package dev.infermux.cli.doctor;

import dev.infermux.cli.process.Blocking;
import dev.infermux.config.Config;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.module.OptionalModule;
import dev.infermux.network.CauseText;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Vertx;
import java.util.List;

/** Whether the database that nodes share their budgets through can be used. */
final class SharedBudgetCheck {

  private static final String CHECK = "budgets.shared";

  private SharedBudgetCheck() {}

  static List<Finding> findings(Vertx vertx, Config config) {
    SharedBudgetOptions shared = config.budgets().shared();
    if (shared == null) {
      return List.of();
    }
    try {
      SharedLedgers module = OptionalModule.find(SharedLedgers.class, CHECK);
      return List.of(
          Finding.ok(CHECK, Blocking.on(module.look(vertx, shared, config.cluster().name()))));
    } catch (LinkageError foreign) {
      return List.of(
          Finding.fail(
              CHECK,
              "the module infermux-cluster is of another version (expected: the jar that came with"
                  + " this program)"));
    } catch (RuntimeException unusable) {
      return List.of(Finding.fail(CHECK, CauseText.of(unusable)));
    }
  }
}
