package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.Summary;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sets each window at which somebody looked against those at which nobody did beside it. */
final class BystanderReport {

  /** Percent that may be added to p99. */
  static final double LIMIT = 5;

  private final List<Seen> windows;

  /** One window, in the order in which they were measured. */
  record Seen(int launch, String who, Summary latency, double cpuPerRequest, double foreign) {
    double p50() {
      return latency.p50();
    }

    double p99() {
      return latency.p99();
    }

    boolean alone() {
      return who.equals(Bystander.NOBODY.name());
    }
  }

  BystanderReport(List<Seen> windows) {
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

  double foreign() {
    return Figures.median(windows.stream().mapToDouble(Seen::foreign));
  }

  WindowChanges changes(String who) {
    return new WindowChanges(
        IntStream.range(0, windows.size())
            .filter(i -> windows.get(i).who().equals(who))
            .mapToDouble(this::change));
  }

  private List<String> row(String who) {
    WindowChanges changes = changes(who);
    return List.of(
        who,
        Integer.toString(changes.count()),
        MarkdownTable.figure(Figures.median(of(who, Seen::cpuPerRequest)), 0),
        MarkdownTable.figure(Figures.median(of(who, Seen::p50)), 0),
        MarkdownTable.figure(Figures.median(of(who, Seen::p99)), 0),
        MarkdownTable.figure(changes.median(), 1),
        range(changes.low(), changes.high()),
        range(changes.least(), changes.most()),
        who.equals(Bystander.NOBODY.name()) ? "–" : changes.verdict(LIMIT));
  }

  private DoubleStream of(String who, ToDoubleFunction<Seen> figure) {
    return windows.stream().filter(window -> window.who().equals(who)).mapToDouble(figure);
  }

  /** Percent over the geometric mean of nobody's windows before and after; NaN without both. */
  private double change(int at) {
    Seen before = alone(at, -1);
    Seen after = alone(at, 1);
    return before == null || after == null
        ? Double.NaN
        : (windows.get(at).p99() / Math.sqrt(before.p99() * after.p99()) - 1) * 100;
  }

  private @Nullable Seen alone(int from, int step) {
    int launch = windows.get(from).launch();
    for (int i = from + step; i >= 0 && i < windows.size(); i += step) {
      Seen window = windows.get(i);
      if (window.launch() != launch) {
        return null;
      }
      if (window.alone()) {
        return window;
      }
    }
    return null;
  }

  private static String range(double from, double to) {
    return MarkdownTable.figure(from, 1) + " to " + MarkdownTable.figure(to, 1);
  }
}
