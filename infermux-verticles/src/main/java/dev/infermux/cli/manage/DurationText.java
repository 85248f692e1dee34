package dev.infermux.cli.manage;

import java.time.Duration;

/** Spans of time, short, for people. */
final class DurationText {

  private DurationText() {}

  /** Such as {@code 18s}, {@code 4m10s}, {@code 2h}; what lies behind is {@code 0s}. */
  static String text(Duration span) {
    if (span.isNegative()) {
      return "0s";
    }
    // A part of a second left is a second to wait.
    Duration whole = Duration.ofSeconds(span.plusMillis(999).toSeconds());
    return whole.toString().substring("PT".length()).toLowerCase(java.util.Locale.ROOT);
  }
}
