package dev.infermux.assembly;

import dev.infermux.budget.BudgetVerticle;
import dev.infermux.events.BudgetAlertEvent;
import dev.infermux.events.EventPublisher;
import dev.infermux.ledger.BudgetTerms;
import dev.infermux.ledger.CostReports;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgers;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of one InferMux and the verticle that alone may write to it. */
final class BudgetComponents {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private final BudgetOptions options;
  private final String instance;
  private final EventPublisher publisher;
  private final Time time;
  private final Consumer<BudgetAlert> alertListener;
  private @Nullable String deployment;
  private volatile @Nullable SharedLedger shared;

  /**
   * @param alertListener receives each alert besides the log and the event bus
   */
  BudgetComponents(
      BudgetOptions options,
      String instance,
      EventPublisher publisher,
      Time time,
      Consumer<BudgetAlert> alertListener) {
    this.options = options;
    this.instance = instance;
    this.publisher = publisher;
    this.time = time;
    this.alertListener = alertListener;
  }

  /**
   * Reads what was spent before; fails when the state file cannot be used.
   *
   * @param cluster the name of all nodes together
   */
  Future<Durability> open(Vertx vertx, String cluster) {
    if (options.shared() != null) {
      return SharedLedgerModule.open(
              new SharedLedgers.Setup(vertx, options, cluster, time, this::alert))
          .onSuccess(ledger -> shared = ledger)
          .compose(ledger -> deploy(vertx, ledger, ledger, ledger, ledger));
    }
    return ledger(vertx).compose(ledger -> deploy(vertx, ledger, ledger, ledger, ledger));
  }

  /**
   * The ledger where several nodes share the budgets; null where one has them, or before the start.
   */
  @Nullable SharedLedger shared() {
    return shared;
  }

  private Future<Durability> deploy(
      Vertx vertx,
      Reservations reservations,
      CostReports reports,
      Durability durability,
      BudgetTerms terms) {
    return vertx
        .deployVerticle(new BudgetVerticle(instance, reservations, reports, durability, terms))
        .onSuccess(id -> deployment = id)
        .map(durability)
        .recover(failure -> durability.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** Writes all of it down; what is in flight has to be over. */
  Future<Void> close(Vertx vertx) {
    String open = deployment;
    deployment = null;
    return open == null ? Future.succeededFuture() : vertx.undeploy(open);
  }

  private Future<LocalLedger> ledger(Vertx vertx) {
    Path file = options.stateFile();
    Consumer<BudgetAlert> onAlert = this::alert;
    return file == null
        ? Future.succeededFuture(LocalLedger.inMemory(options, time.clock(), onAlert))
        : vertx.executeBlocking(() -> onFile(file, onAlert));
  }

  private LocalLedger onFile(Path file, Consumer<BudgetAlert> onAlert) {
    try {
      return LocalLedger.onFile(file, options, time, onAlert);
    } catch (LedgerException unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    }
  }

  private void alert(BudgetAlert alert) {
    LOG.warn(
        "budget of caller {}: {} % reached: {} of {} USD spent in {}",
        alert.caller(),
        alert.percent(),
        alert.spent().toDecimal(),
        alert.limit().toDecimal(),
        alert.month());
    publisher.budgetAlert(BudgetAlertEvent.of(alert));
    alertListener.accept(alert);
  }
}
