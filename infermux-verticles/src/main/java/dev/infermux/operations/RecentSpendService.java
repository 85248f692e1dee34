package dev.infermux.operations;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inbound.management.view.RecentSpendView;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.ledger.report.Reports;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The ledger's spend of names by hour and day, with what has no price. */
public final class RecentSpendService implements RecentSpendView {

  private static final List<Dimension> ORDER =
      List.of(
          Dimension.CALLER,
          Dimension.MODEL,
          Dimension.PROJECT,
          Dimension.GROUP,
          Dimension.PROVIDER);

  private final BudgetQueries ledger;
  private final UnpricedAttempts unpriced;
  private final BooleanSupplier survives;
  private final InstantSource clock;
  private final Instant started;

  /**
   * @param survives whether the ledger outlives the process
   */
  public RecentSpendService(
      BudgetQueries ledger,
      UnpricedAttempts unpriced,
      BooleanSupplier survives,
      InstantSource clock) {
    this.ledger = ledger;
    this.unpriced = unpriced;
    this.survives = survives;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public Future<RecentSpend> recentSpend(Bucket bucket) {
    Instant now = clock.instant();
    Instant first = bucket.first(now);
    Instant since = survives.getAsBoolean() && first.isBefore(started) ? first : started;
    return ledger
        .report(reports -> latest(reports, now, bucket))
        .map(by -> new RecentSpend(since, first, by, unpriced.models()));
  }

  private static Map<String, Map<String, List<Usd>>> latest(
      Reports reports, Instant now, Bucket bucket) {
    Map<String, Map<String, List<Usd>>> by = new LinkedHashMap<>();
    for (Dimension dimension : ORDER) {
      by.put(
          dimension.name().toLowerCase(Locale.ROOT),
          reports.latest(dimension, now, bucket == Bucket.DAY, bucket.count()));
    }
    return by;
  }
}
