package dev.infermux.assembly;

import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.module.OptionalModule;
import io.vertx.core.Future;

/** The ledger of the optional module that shares budgets among several nodes. */
final class SharedLedgerModule {

  private SharedLedgerModule() {}

  /** Fails with an {@code IllegalArgumentException} that says what is wrong or missing. */
  static Future<SharedLedger> open(SharedLedgers.Setup setup) {
    return setup
        .vertx()
        .executeBlocking(() -> OptionalModule.find(SharedLedgers.class, "budgets.shared"))
        .compose(module -> module.open(setup));
  }
}
