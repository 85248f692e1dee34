package dev.infermux.assembly;

import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.module.OptionalModule;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** The ledger of the optional module that shares budgets among several nodes. */
final class SharedLedgerModule {

  private SharedLedgerModule() {}

  /** Fails with an {@code IllegalArgumentException} that says what is wrong or missing. */
  static Future<SharedLedger> open(
      Vertx vertx, BudgetOptions options, Time time, Consumer<BudgetAlert> onAlert) {
    return vertx
        .executeBlocking(() -> OptionalModule.find(SharedLedgers.class, "budgets.shared"))
        .compose(
            module ->
                module.open(new SharedLedgers.Setup(vertx, options, "infermux", time, onAlert)));
  }
}
