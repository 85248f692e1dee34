package dev.infermux.policy.budget;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Finds the calendar month (UTC) of a moment; remembers the last one found. One thread's. */
public final class UtcMonths {

  private YearMonth month = YearMonth.of(1970, 1);
  private long from;
  private long to;

  public YearMonth of(long epochMillis) {
    if (epochMillis < from || epochMillis >= to) {
      month = YearMonth.from(Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC));
      from = start(month);
      to = start(month.plusMonths(1));
    }
    return month;
  }

  /** The first millisecond of a month. */
  static long start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
