package dev.infermux.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The table of {@code nodes.sh}: each figure with its range, and beside what it is set against. */
final class NodesFigures {
  private final MarkdownTable table =
      new MarkdownTable("", "found", "one node, state file", "over it", "×", "to be reached");
  private final List<String> notes = new ArrayList<>();

  /** A figure of its own: the median of some. */
  void found(String what, List<Double> values, int decimals, String reach) {
    table.row(List.of(what, ranged(values, decimals), "", "", "", reach));
    Progress.say("%s: %s", what, ranged(values, decimals));
  }

  /** Figures of windows that were visited in turn: each is set against the one of its round. */
  void beside(String what, List<Double> values, List<Double> others, int decimals, String reach) {
    List<Double> over =
        IntStream.range(0, Math.min(values.size(), others.size()))
            .mapToObj(i -> values.get(i) - others.get(i))
            .toList();
    double ratio = median(values) / median(others);
    table.row(
        List.of(
            what,
            MarkdownTable.figure(median(values), decimals),
            MarkdownTable.figure(median(others), decimals),
            ranged(over, decimals),
            MarkdownTable.figure(ratio, 2),
            reach));
    Progress.say("%s: %s over it", what, ranged(over, decimals));
  }

  /** Of many short windows: how a kind differs from the others beside it, in 19 runs of 20. */
  void latencies(String unit, Neighbours windows, String kind) {
    table.row(
        List.of(
            "p50" + unit,
            MarkdownTable.figure(windows.median(kind, Neighbours.Seen::p50), 0),
            MarkdownTable.figure(windows.median(windows.usual(), Neighbours.Seen::p50), 0),
            "",
            "",
            ""));
    p99("p99" + unit, windows, kind, "+ 50");
  }

  /** How the kind against which all are set differs from itself. */
  void noise(String unit, Neighbours windows) {
    p99("p99" + unit, windows, windows.usual(), "");
  }

  private void p99(String what, Neighbours windows, String kind, String reach) {
    WindowChanges micros = windows.micros(kind);
    double own = windows.median(kind, Neighbours.Seen::p99);
    double usual = windows.median(windows.usual(), Neighbours.Seen::p99);
    String over =
        "%s (%s to %s, 19 in 20)"
            .formatted(
                MarkdownTable.figure(micros.median(), 0),
                MarkdownTable.figure(micros.low(), 0),
                MarkdownTable.figure(micros.high(), 0));
    table.row(
        List.of(
            what,
            MarkdownTable.figure(own, 0),
            MarkdownTable.figure(usual, 0),
            over,
            MarkdownTable.figure(own / usual, 2),
            reach));
    Progress.say("%s: %s over it", what, over);
  }

  /** Something that could not be measured, or that has to be known. */
  void note(String text) {
    notes.add(text);
    Progress.say("%s", text);
  }

  private static double median(List<Double> values) {
    return Figures.median(values.stream().mapToDouble(Double::doubleValue));
  }

  private static String ranged(List<Double> values, int decimals) {
    String middle = MarkdownTable.figure(median(values), decimals);
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (all.length < 2) {
      return middle;
    }
    return middle
        + " ("
        + MarkdownTable.figure(DoubleStream.of(all).min().orElse(Double.NaN), decimals)
        + " to "
        + MarkdownTable.figure(DoubleStream.of(all).max().orElse(Double.NaN), decimals)
        + ")";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(table.toString());
    notes.forEach(note -> text.append("\n").append(note).append("\n"));
    return text.toString();
  }
}
