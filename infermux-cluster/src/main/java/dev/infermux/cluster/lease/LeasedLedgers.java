package dev.infermux.cluster.lease;

import dev.infermux.ledger.LeasedFunds;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers.Setup;
import dev.infermux.ledger.StateDirectory;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.SharedBudgetOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together the ledger of a node that shares its budgets. */
public final class LeasedLedgers {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private final Setup setup;
  private final Vertx vertx;
  private final String instance = UUID.randomUUID().toString();
  private final StoreClient store;

  private LeasedLedgers(Setup setup) {
    this.setup = setup;
    this.vertx = setup.vertx();
    this.store = new StoreClient(vertx, instance);
  }

  /**
   * Reads what earlier processes left, and starts the verticle that has the connections.
   *
   * @param connect makes the store on that verticle's event loop
   */
  public static Future<SharedLedger> open(Setup setup, Function<Vertx, SharedStore> connect) {
    return new LeasedLedgers(setup).open(connect);
  }

  private Future<SharedLedger> open(Function<Vertx, SharedStore> connect) {
    return vertx
        .executeBlocking(this::journal)
        .compose(
            opened -> {
              LeaseKeeper keeper =
                  new LeaseKeeper(instance, connect, opened.journal().entries(), setup.time());
              return vertx
                  .deployVerticle(keeper)
                  .map(id -> ledger(opened, keeper, id))
                  .recover(
                      failure ->
                          opened
                              .journal()
                              .close()
                              .transform(closed -> Future.failedFuture(failure)));
            });
  }

  private Opened journal() {
    BudgetOptions options = setup.options();
    Path file = options.stateFile();
    if (file == null) {
      throw new IllegalArgumentException(
          "budgets.state_file: missing (expected: a file for the journal, with budgets.shared)");
    }
    try {
      FileJournal journal = LeasedFunds.journal(file, options, setup.time());
      StateDirectory.warning(file, true)
          .ifPresent(text -> LOG.warn("budgets.state_file: {}", text));
      return new Opened(journal, journal.place());
    } catch (LedgerException unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    }
  }

  private SharedLedger ledger(Opened opened, LeaseKeeper keeper, String deployment) {
    FileJournal journal = opened.journal();
    LeaseHints hints =
        new LeaseHints(vertx, store, instance, new AccountHashes(setup.cluster(), setup.time()));
    BookLog log = new BookLog(setup.onAlert(), hints::tell, journal.entries()::backlog);
    LeaseBook book = new LeaseBook(store, setup.time(), options(), log);
    LeasedFunds funds =
        LeasedFunds.onFile(journal, setup.options(), setup.time().clock(), setup.onAlert(), book);
    Place place =
        new Place(opened.place(), setup.options(), UUID::randomUUID, journal.recovered().holders())
            .telling(journal.entries()::backlog, keeper::drain);
    HolderLife life = new HolderLife(funds, store, book, setup.time(), place);
    log.tell(life, funds::close);
    hints.listen(book::hint, book::accounts);
    return new LeasedLedger(
        funds,
        book,
        new NodeLife(vertx, life, hints, deployment),
        log,
        new LeasedLedger.Together(
            new StoredNodes(vertx, store, life::holder),
            new StoredChanges(store, life::holder, new ChangeHints(vertx, instance))));
  }

  private LeaseOptions options() {
    SharedBudgetOptions shared = setup.options().shared();
    return shared == null
        ? LeaseOptions.defaults()
        : LeaseOptions.defaults()
            .withHorizon(shared.horizon())
            .withSpendLocally(shared.spendLocally());
  }

  private record Opened(FileJournal journal, String place) {}
}
