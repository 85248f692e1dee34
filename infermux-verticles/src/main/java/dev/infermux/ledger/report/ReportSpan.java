package dev.infermux.ledger.report;

import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What of the reports is asked for, where not all of them are at hand.
 *
 * @param month a month by name; null = a span of time
 * @param from where the span begins
 * @param byMinute whether it is told minute by minute, else by hour
 */
public record ReportSpan(@Nullable YearMonth month, Instant from, boolean byMinute) {

  public static ReportSpan of(YearMonth month) {
    return new ReportSpan(month, Instant.EPOCH, false);
  }

  public static ReportSpan since(Instant from, boolean byMinute) {
    return new ReportSpan(null, from, byMinute);
  }
}
