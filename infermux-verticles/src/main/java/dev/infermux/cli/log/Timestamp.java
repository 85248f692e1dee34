package dev.infermux.cli.log;

import java.time.Instant;

/**
 * Writes a moment as {@code 2026-01-31T12:00:00.123Z}. What all moments of a second share is made
 * once: a busy log has thousands of them.
 */
final class Timestamp {

  private static final int DATE_AND_TIME = "2026-01-31T12:00:00".length();

  private long second = Long.MIN_VALUE;
  private String dateAndTime = "";

  void append(long epochMillis, StringBuilder out) {
    long now = Math.floorDiv(epochMillis, 1000);
    if (now != second) {
      second = now;
      dateAndTime = Instant.ofEpochSecond(now).toString().substring(0, DATE_AND_TIME);
    }
    int millis = Math.floorMod(epochMillis, 1000);
    out.append(dateAndTime)
        .append('.')
        .append((char) ('0' + millis / 100))
        .append((char) ('0' + millis / 10 % 10))
        .append((char) ('0' + millis % 10))
        .append('Z');
  }
}
