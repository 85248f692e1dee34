package dev.infermux.cluster.postgres;

import dev.infermux.Version;
import dev.infermux.cluster.lease.LeasedLedgers;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Ledgers of nodes that share their budgets through PostgreSQL. */
public final class PostgresLedgers implements SharedLedgers {

  @Override
  public Future<SharedLedger> open(Setup setup) {
    SharedBudgetOptions shared = setup.options().shared();
    if (shared == null) {
      return Future.failedFuture(new IllegalArgumentException("budgets.shared: missing"));
    }
    return setup
        .vertx()
        .executeBlocking(() -> new PgNode(shared, setup.cluster(), host(), Version.current()))
        .compose(
            self ->
                LeasedLedgers.open(setup, vertx -> new PgStore(vertx, self, setup.time().clock())));
  }

  @Override
  public Future<String> look(Vertx vertx, SharedBudgetOptions shared, String cluster) {
    // One event loop's, whoever asks.
    Promise<String> seen = Promise.promise();
    vertx.runOnContext(
        on -> {
          try {
            PgLane lane = new PgLane(vertx, new PgAddress(shared.url().reveal()));
            new PgSchema(lane, cluster).look().eventually(lane::close).onComplete(seen);
          } catch (IllegalArgumentException unusable) {
            seen.fail(unusable);
          }
        });
    return seen.future()
        .recover(
            wrong -> Future.failedFuture(new IllegalArgumentException(wrong.getMessage(), wrong)));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
