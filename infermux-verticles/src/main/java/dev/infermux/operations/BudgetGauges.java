package dev.infermux.operations;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.ledger.CostReports.PendingTotals;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.spi.CallListener;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows budgets to a scrape. They are asked for before each scrape, since only the budget verticle
 * may look into the ledger; a scrape shows what it said last. Thread-safe.
 */
public final class BudgetGauges implements CallListener {

  private static final Inspected NOTHING =
      new Inspected(Map.of(), new PendingTotals(0, Usd.ZERO), false);

  private final BudgetQueries ledger;
  private final Supplier<List<String>> budgeted;
  private final BooleanSupplier kept;
  private final AtomicReference<Inspected> seen = new AtomicReference<>(NOTHING);
  private final LongAdder refusals = new LongAdder();

  /**
   * @param budgeted callers that have a budget of their own: only they get a series
   * @param kept whether there are budgets or a file: without them the ledger is not asked, which
   *     would wake two event loops for each scrape
   */
  public BudgetGauges(BudgetQueries ledger, Supplier<List<String>> budgeted, BooleanSupplier kept) {
    this.ledger = ledger;
    this.budgeted = budgeted;
    this.kept = kept;
  }

  public void register(Metrics metrics) {
    metrics.gauges(
        "infermux_budget_remaining_usd",
        "What callers with a budget of their own may still spend this month.",
        "caller",
        () -> usd(AccountView::remaining));
    metrics.gauges(
        "infermux_budget_limit_usd",
        "The monthly budget of callers that have one of their own.",
        "caller",
        () -> usd(AccountView::limit));
    metrics.counter(
        "infermux_budget_refusals_total",
        "Calls that did not fit their caller's budget.",
        refusals::sum);
    metrics.gauge(
        "infermux_budget_held_usd",
        "What calls in flight may still cost, set aside.",
        () -> now().pending().amount().toDouble());
    metrics.gauge(
        "infermux_budget_open_holds",
        "Calls in flight that money is set aside for.",
        () -> now().pending().count());
    metrics.gauge(
        "infermux_ledger_behind",
        "1 while spend is kept in memory alone because the disk does not take it, else 0.",
        () -> now().behind() ? 1 : 0);
  }

  @Override
  public void finished(CallRecord record) {
    if (record.outcome().failure() instanceof Failure.BudgetExceeded) {
      refusals.increment();
    }
  }

  /** Asks anew; never fails, for the other metrics are worth showing all the same. */
  public Future<Void> refresh() {
    if (!kept.getAsBoolean() && now().pending().count() == 0) {
      seen.set(NOTHING);
      return Future.succeededFuture();
    }
    return ledger.inspect(budgeted.get()).onSuccess(seen::set).<Void>mapEmpty().otherwiseEmpty();
  }

  private Map<String, Number> usd(Function<AccountView, @Nullable Usd> amount) {
    Map<String, Number> amounts = new HashMap<>();
    now()
        .accounts()
        .forEach(
            (caller, account) -> {
              Usd usd = amount.apply(account);
              if (usd != null) {
                amounts.put(caller, usd.toDouble());
              }
            });
    return amounts;
  }

  private Inspected now() {
    return Objects.requireNonNull(seen.get());
  }
}
