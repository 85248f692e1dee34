package dev.infermux.benchmarks.run;

import java.util.List;

/** Sets each window at which somebody looked against those at which nobody did beside it. */
final class BystanderReport {

  /** Percent that may be added to p99. */
  static final double LIMIT = 5;

  private final Neighbours windows;

  BystanderReport(Neighbours windows) {
    this.windows = windows;
  }

  /** A row for each of them; what windows of nobody differ by among themselves is the noise. */
  String table(List<String> all) {
    var table =
        new MarkdownTable(
            "who looks",
            "windows",
            "CPU/request µs",
            "p50 µs",
            "p99 µs",
            "p99 changed by %, median",
            "19 in 20",
            "least to most",
            "below " + MarkdownTable.figure(LIMIT, 0) + " %");
    all.forEach(who -> table.row(row(who)));
    return table.toString();
  }

  private List<String> row(String who) {
    WindowChanges changes = windows.percent(who);
    return List.of(
        who,
        Integer.toString(changes.count()),
        MarkdownTable.figure(windows.median(who, Neighbours.Seen::cpuPerRequest), 0),
        MarkdownTable.figure(windows.median(who, Neighbours.Seen::p50), 0),
        MarkdownTable.figure(windows.median(who, Neighbours.Seen::p99), 0),
        MarkdownTable.figure(changes.median(), 1),
        range(changes.low(), changes.high()),
        range(changes.least(), changes.most()),
        who.equals(windows.usual()) ? "–" : changes.verdict(LIMIT));
  }

  private static String range(double from, double to) {
    return MarkdownTable.figure(from, 1) + " to " + MarkdownTable.figure(to, 1);
  }
}
