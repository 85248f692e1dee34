package dev.infermux.operations;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.inbound.management.view.CostsView;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CallerReport;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.ledger.report.Totals;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.UtcMonths;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reports of the ledger, with each caller's budget beside the spend. */
public final class CostService implements CostsView {

  private final BudgetQueries ledger;
  private final SpendSource source;
  private final Supplier<List<String>> budgeted;
  private final InstantSource clock;

  /**
   * @param budgeted callers that have a budget of their own
   */
  public CostService(BudgetQueries ledger, Supplier<List<String>> budgeted, InstantSource clock) {
    this(ledger, new SpendSource(ledger, false), budgeted, clock);
  }

  private CostService(
      BudgetQueries ledger,
      SpendSource source,
      Supplier<List<String>> budgeted,
      InstantSource clock) {
    this.ledger = ledger;
    this.source = source;
    this.budgeted = budgeted;
    this.clock = clock;
  }

  @Override
  public CostsView scoped(boolean nodeAlone) {
    return new CostService(ledger, new SpendSource(ledger, nodeAlone), budgeted, clock);
  }

  @Override
  public boolean partial() {
    return source.partial();
  }

  @Override
  public YearMonth currentMonth() {
    return new UtcMonths().of(clock.millis());
  }

  @Override
  public Future<Month> month(YearMonth period) {
    return source.report(
        ReportSpan.of(period),
        reports ->
            new Month(
                spend(reports.total(period)),
                spends(reports.by(Dimension.PROVIDER, period)),
                spends(reports.by(Dimension.MODEL, period))));
  }

  @Override
  public Future<Map<String, Spend>> by(Split split, YearMonth period) {
    Dimension dimension =
        switch (split) {
          case MODEL -> Dimension.MODEL;
          case GROUP -> Dimension.GROUP;
          case PROJECT -> Dimension.PROJECT;
        };
    return source.report(ReportSpan.of(period), reports -> spends(reports.by(dimension, period)));
  }

  @Override
  public Future<List<Caller>> callers(YearMonth period) {
    return source
        .report(ReportSpan.of(period), reports -> spends(reports.by(Dimension.CALLER, period)))
        .compose(
            spent -> {
              if (period.equals(currentMonth())) {
                new TreeSet<>(budgeted.get())
                    .forEach(caller -> spent.putIfAbsent(caller, Spend.NOTHING));
              }
              return accounts(spent.keySet(), period).map(accounts -> rows(spent, accounts));
            });
  }

  @Override
  public Future<Optional<Caller>> caller(String caller, YearMonth period) {
    boolean expected = budgeted.get().contains(caller) && period.equals(currentMonth());
    return source
        .<Optional<CallerReport>>report(
            ReportSpan.of(period), reports -> reports.caller(period, caller))
        .compose(
            report ->
                report.isEmpty() && !expected
                    ? Future.succeededFuture(Optional.empty())
                    : accounts(List.of(caller), period)
                        .map(accounts -> Optional.of(row(caller, report, accounts.get(caller)))));
  }

  @Override
  public Future<List<Point>> timeseries(Duration span, Duration bucket) {
    Instant now = clock.instant();
    ReportSpan since =
        ReportSpan.since(now.minus(span).minus(bucket), bucket.toMinutes() % 60 != 0);
    return source.report(since, reports -> points(reports, now, span, bucket));
  }

  /** Budgets are of the current month alone. */
  private Future<Map<String, AccountView>> accounts(Collection<String> callers, YearMonth period) {
    return period.equals(currentMonth())
        ? ledger.inspect(callers).map(inspected -> inspected.accounts())
        : Future.succeededFuture(Map.of());
  }

  private static List<Caller> rows(Map<String, Spend> spent, Map<String, AccountView> accounts) {
    List<Caller> rows = new ArrayList<>(spent.size());
    spent.forEach((caller, spend) -> rows.add(row(caller, spend, Map.of(), accounts.get(caller))));
    return rows;
  }

  private static Caller row(
      String caller, Optional<CallerReport> report, @Nullable AccountView account) {
    return row(
        caller,
        report.map(known -> spend(known.total())).orElse(Spend.NOTHING),
        report.map(known -> spends(known.byModel())).orElse(Map.of()),
        account);
  }

  private static Caller row(
      String caller, Spend spend, Map<String, Spend> byModel, @Nullable AccountView account) {
    return account == null
        ? new Caller(caller, spend, null, null, null, byModel)
        : new Caller(
            caller, spend, account.limit(), account.pending(), remaining(account, spend), byModel);
  }

  /** What other nodes have spent is in their reports before this node's account hears of it. */
  private static @Nullable Usd remaining(AccountView account, Spend spend) {
    Usd known = account.remaining();
    Usd limit = account.limit();
    if (known == null || limit == null) {
      return null;
    }
    long left = limit.nanos() - spend.usd().nanos() - account.pending().nanos();
    return new Usd(Math.max(0, Math.min(known.nanos(), left)));
  }

  private static List<Point> points(Reports reports, Instant now, Duration span, Duration bucket) {
    return reports.timeseries(now, span, bucket).stream()
        .map(point -> new Point(point.start(), spend(point.tally())))
        .toList();
  }

  private static Map<String, Spend> spends(Map<String, Totals> tallies) {
    Map<String, Spend> spends = new LinkedHashMap<>();
    tallies.forEach((name, totals) -> spends.put(name, spend(totals)));
    return spends;
  }

  private static Spend spend(Totals totals) {
    return new Spend(
        totals.usd(), totals.requests(), totals.promptTokens(), totals.completionTokens());
  }
}
