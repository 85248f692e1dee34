package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.LeasedFunds;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.ledger.NodesLedger;
import dev.infermux.ledger.SharedLedger;
import dev.infermux.ledger.SharedLedgerStatus;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.nodes.ChangeStore;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Lease;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A local ledger whose calls wait for a larger lease, for a moment, where their own does not cover
 * them. The budget's event loop calls it.
 */
final class LeasedLedger implements SharedLedger {

  private static final int PATIENCE_SECONDS = 3;

  private final LeasedFunds funds;
  private final LocalLedger ledger;
  private final LeaseBook book;
  private final LedgerLife life;
  private final BookLog log;
  private final Together together;
  private ReportLimits limits = LeasedFunds.limits(BudgetOptions.defaults());

  LeasedLedger(LeasedFunds funds, LeaseBook book, LedgerLife life, BookLog log, Together together) {
    this.log = log;
    this.funds = funds;
    this.ledger = funds.ledger();
    this.book = book;
    this.life = life;
    this.together = together;
  }

  @Override
  public Future<Void> begin() {
    limits = LeasedFunds.limits(life.budgets());
    return life.begin();
  }

  @Override
  public Future<BudgetVerdict> reserve(ReservationRequest request) {
    BudgetVerdict verdict = funds.reserveUnlessShort(request);
    if (verdict != null) {
      book.flush();
      return Future.succeededFuture(verdict);
    }
    Lease lease = funds.lease(request.caller());
    if (lease == null) {
      return ledger.reserve(request);
    }
    ReserveClaim claim = new ReserveClaim(funds, request);
    book.await((LeaseState) lease, claim);
    return claim.verdict();
  }

  @Override
  public Future<BudgetVerdict> preview(ReservationRequest request) {
    return ledger.preview(request);
  }

  @Override
  public Future<Boolean> extend(Reservation reservation, List<CostEntry> costs, Usd need) {
    return after(ledger.extend(reservation, costs, need))
        .compose(
            fits -> {
              Lease lease = funds.lease(reservation);
              if (fits || lease == null || funds.lacks(reservation, need) == 0) {
                return Future.succeededFuture(fits);
              }
              ExtendClaim claim = new ExtendClaim(funds, reservation, need);
              book.await((LeaseState) lease, claim);
              return claim.fits();
            });
  }

  @Override
  public void reduce(Reservation reservation, Usd atMost) {
    ledger.reduce(reservation, atMost);
    changed();
  }

  @Override
  public void settle(Reservation reservation, List<CostEntry> costs) {
    ledger.settle(reservation, costs);
    changed();
  }

  @Override
  public void release(Reservation reservation) {
    ledger.release(reservation);
    changed();
  }

  @Override
  public void record(String caller, List<CostEntry> costs) {
    ledger.record(caller, costs);
    changed();
  }

  @Override
  public Future<AccountView> account(String caller) {
    return ledger.account(caller);
  }

  @Override
  public <T> Future<T> reports(Function<Reports, T> reader) {
    return ledger.reports(reader);
  }

  /** While the store is away this node answers for itself. */
  @Override
  public <T> Future<Everyones<T>> reportsOfAll(ReportSpan span, Function<Reports, T> reader) {
    Future<T> asked =
        book.silent()
            ? Future.failedFuture("the store does not answer")
            : together
                .nodes()
                .reports(span, limits, reader)
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return asked
        .map(answer -> new Everyones<>(answer, false))
        .recover(away -> ledger.reports(reader).map(answer -> new Everyones<>(answer, true)));
  }

  @Override
  public Future<PendingTotals> pending() {
    return ledger.pending();
  }

  /** A lowered limit acts at once: each lease is stepped with it. */
  @Override
  public void reconfigure(BudgetOptions options) {
    ledger.reconfigure(options);
    limits = LeasedFunds.limits(options);
    life.configured(options);
    book.all().forEach(book::queue);
    changed();
  }

  @Override
  public Future<Void> durable(Reservation reservation) {
    return ledger.durable(reservation);
  }

  @Override
  public Future<Void> flush() {
    return ledger.flush();
  }

  @Override
  public boolean behind() {
    return ledger.behind();
  }

  @Override
  public Future<Void> close() {
    return life.close();
  }

  @Override
  public SharedLedgerStatus status() {
    return log.status();
  }

  @Override
  public NodesLedger nodes() {
    return together.nodes();
  }

  @Override
  public ChangeStore changes() {
    return together.changes();
  }

  /** What all nodes keep together besides the money. */
  record Together(NodesLedger nodes, ChangeStore changes) {}

  private <T> Future<T> after(Future<T> done) {
    changed();
    return done;
  }

  private void changed() {
    book.flush();
    life.changed();
  }
}
