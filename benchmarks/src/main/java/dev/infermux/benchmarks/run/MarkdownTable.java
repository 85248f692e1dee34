package dev.infermux.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table with one text column and figures to the right of it. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(String... columns) {
    row(List.of(columns));
    text.append("|---|").append("--:|".repeat(columns.length - 1)).append('\n');
  }

  void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Starts a row that takes figures one by one. */
  static List<String> cells(String... first) {
    return new ArrayList<>(List.of(first));
  }

  /** A figure for people; a dash where there is none. */
  static String figure(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "–";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
