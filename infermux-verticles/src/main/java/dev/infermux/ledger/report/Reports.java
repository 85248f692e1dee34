package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.Accounts;
import dev.infermux.policy.budget.UtcMonths;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sums of what was spent: by name for {@link #MONTHS} months, by hour for {@link #HOURS} hours,
 * by minute for {@link #MINUTES} minutes, and of names by hour and day, each the latest. Names
 * beyond the limits are summed under {@link #OTHER}. All returned values are copies. Not
 * thread-safe: the ledger's own thread has it.
 */
public final class Reports {

  public static final String OTHER = Accounts.OTHER;
  public static final int MONTHS = 13;
  public static final int HOURS = 40 * 24;
  public static final int MINUTES = 25 * 60;

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  final TreeMap<YearMonth, MonthlyTotals> months = new TreeMap<>();
  final TimeBuckets hours = new TimeBuckets(HOUR, HOURS);
  final TimeBuckets minutes = new TimeBuckets(MINUTE, MINUTES);
  final Map<Dimension, NamedSpend> named = new EnumMap<>(Dimension.class);
  private final UtcMonths calendar = new UtcMonths();
  private ReportLimits limits;

  public Reports(ReportLimits limits) {
    this.limits = limits;
    for (Dimension dimension : Dimension.values()) {
      named.put(dimension, new NamedSpend());
    }
  }

  /** In force for names to come. */
  public void limits(ReportLimits limits) {
    this.limits = limits;
  }

  ReportLimits limits() {
    return limits;
  }

  public void add(LedgerEntry ledgerEntry) {
    MonthlyTotals month = month(calendar.of(ledgerEntry.atMillis()));
    if (month != null) {
      month.add(ledgerEntry, limits);
    }
    CostEntry entry = ledgerEntry.entry();
    Totals totals =
        new Totals(
            entry.cost(),
            ledgerEntry.last() ? 1 : 0,
            entry.promptTokens(),
            entry.completionTokens());
    hours.add(ledgerEntry.atMillis(), totals);
    minutes.add(ledgerEntry.atMillis(), totals);
    for (Dimension dimension : Dimension.ALL) {
      NamedSpend spend = named.get(dimension);
      if (spend != null) {
        add(ledgerEntry, dimension, spend);
      }
    }
  }

  private void add(LedgerEntry ledgerEntry, Dimension dimension, NamedSpend spend) {
    String name = dimension.nameIn(ledgerEntry);
    boolean kept =
        dimension == Dimension.CALLER ? limits.reservesCaller(name) : limits.reserved().other(name);
    spend.add(name, ledgerEntry.atMillis(), ledgerEntry.entry().cost(), kept);
  }

  /** Adds a sum to its month, and to its hour and minute. */
  public void add(SharedSpend spend) {
    MonthlyTotals month = month(calendar.of(spend.atMillis()));
    if (month != null) {
      month.add(spend, limits);
    }
    hours.add(spend.atMillis(), spend.totals());
    minutes.add(spend.atMillis(), spend.totals());
  }

  /** The months that there is something of. */
  public Set<YearMonth> periods() {
    return new TreeSet<>(months.keySet());
  }

  public Totals total(YearMonth period) {
    MonthlyTotals month = months.get(period);
    return month == null ? Totals.NOTHING : month.total.tally();
  }

  /** A month's spend by name, the dearest first. */
  public Map<String, Totals> by(Dimension dimension, YearMonth period) {
    MonthlyTotals month = months.get(period);
    return month == null ? Map.of() : month.by(dimension);
  }

  /** Empty when the caller spent nothing in that month. */
  public Optional<CallerReport> caller(YearMonth period, String caller) {
    MonthlyTotals month = months.get(period);
    return month == null ? Optional.empty() : month.caller(caller);
  }

  /**
   * Spend in buckets up to {@code now}, empty ones included, the current one last. Buckets are
   * aligned to the Unix epoch in UTC. Those shorter than an hour reach back 25 hours, others 40
   * days; a longer span is cut to that.
   *
   * @param bucket from one minute to a day, whole minutes
   */
  public List<ReportPoint> timeseries(Instant now, Duration span, Duration bucket) {
    long width = bucket.toMillis();
    TimeBuckets source = width % HOUR == 0 ? hours : minutes;
    long last = Math.floorDiv(now.toEpochMilli(), width) * width;
    long wanted = last - (Math.max(1, ceil(span.toMillis(), width)) - 1) * width;
    long kept = ceil(source.oldest(now.toEpochMilli()), width) * width;
    long first = Math.min(last, Math.max(wanted, kept));
    RunningTotals[] sums = new RunningTotals[Math.toIntExact((last - first) / width + 1)];
    source.forEach(
        (start, totals) -> {
          long index = Math.floorDiv(start - first, width);
          if (index >= 0 && index < sums.length) {
            sum(sums, (int) index).add(totals);
          }
        });
    List<ReportPoint> points = new ArrayList<>(sums.length);
    for (int i = 0; i < sums.length; i++) {
      points.add(new ReportPoint(Instant.ofEpochMilli(first + i * width), sum(sums, i).tally()));
    }
    return points;
  }

  /**
   * What each name cost in so many of the latest hours or days (UTC), the current one last. Names
   * that cost nothing in them are left out.
   *
   * @param count 48 hours, or 40 days, at most
   */
  public Map<String, List<Usd>> latest(Dimension dimension, Instant now, boolean days, int count) {
    NamedSpend spend = named.get(dimension);
    return spend == null ? Map.of() : spend.latest(now, days, count);
  }

  /** The totals of a month; null when it lies before those that are kept. */
  @Nullable MonthlyTotals month(YearMonth period) {
    MonthlyTotals known = months.get(period);
    if (known != null) {
      return known;
    }
    if (months.size() >= MONTHS && period.isBefore(months.firstKey())) {
      return null;
    }
    MonthlyTotals fresh = new MonthlyTotals();
    months.put(period, fresh);
    if (months.size() > MONTHS) {
      months.pollFirstEntry();
    }
    return fresh;
  }

  private static RunningTotals sum(RunningTotals[] sums, int index) {
    if (sums[index] == null) {
      sums[index] = new RunningTotals();
    }
    return sums[index];
  }

  private static long ceil(long value, long unit) {
    return Math.floorDiv(value + unit - 1, unit);
  }
}
