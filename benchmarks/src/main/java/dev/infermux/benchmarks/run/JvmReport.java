package dev.infermux.benchmarks.run;

import static dev.infermux.benchmarks.run.MarkdownTable.cells;
import static dev.infermux.benchmarks.run.MarkdownTable.figure;

import java.util.List;
import java.util.stream.DoubleStream;

/** What the targets' JVMs showed: garbage, pauses, and the heap that open streams take. */
final class JvmReport {
  private static final double KILOBYTE = 1024;

  private final Results results;
  private final Figures figures;
  private final List<String> targets;

  JvmReport(Results results, Figures figures, List<String> targets) {
    this.results = results;
    this.figures = figures;
    this.targets = targets.stream().filter(this::isJvm).toList();
  }

  private boolean isJvm(String target) {
    return results.windows().stream()
        .anyMatch(it -> it.target().equals(target) && Double.isFinite(it.jvm().garbageBytes()));
  }

  /** Empty where no target is a JVM that could be asked. */
  String tables() {
    return targets.isEmpty() ? "" : garbage() + heap();
  }

  private String garbage() {
    var table =
        new MarkdownTable(
            "JVM",
            "garbage KB/request",
            "bytes/event",
            "pauses/s",
            "pause p50 ms",
            "p99",
            "max",
            "of the time %");
    phases()
        .forEach(
            phase ->
                targets.stream()
                    .filter(target -> !figures.of(phase, target).isEmpty())
                    .forEach(target -> table.row(garbage(phase, target))));
    return "Garbage, and the pauses of the collector.\n\n" + table;
  }

  private List<String> phases() {
    return results.windows().stream()
        .map(Window::phase)
        .filter(phase -> !phase.startsWith("heap-"))
        .distinct()
        .toList();
  }

  private List<String> garbage(String phase, String target) {
    List<Window> windows = figures.of(phase, target);
    double[] pauses =
        windows.stream()
            .flatMap(window -> window.jvm().pausesMillis().stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    double seconds = windows.stream().mapToDouble(window -> window.load().seconds()).sum();
    boolean held = phase.startsWith("hold-");
    List<String> row = cells(phase + ", " + target);
    row.add(
        held
            ? "–"
            : figure(figures.median(phase, target, Window::garbagePerRequest) / KILOBYTE, 1));
    row.add(held ? figure(figures.median(phase, target, Window::garbagePerEvent), 0) : "–");
    row.add(figure(pauses.length / seconds, 2));
    row.add(figure(at(pauses, 0.5), 1));
    row.add(figure(at(pauses, 0.99), 1));
    row.add(figure(at(pauses, 1), 1));
    row.add(figure(DoubleStream.of(pauses).sum() / seconds / 10, 1));
    return row;
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1];
  }

  private String heap() {
    double idle = Figures.median(results.launches().stream().mapToDouble(Launch::liveMb));
    var table = new MarkdownTable("open streams", "live heap MB", "KB/stream");
    table.row(List.of("0", figure(idle, 1), "–"));
    List<String> held =
        results.windows().stream()
            .map(Window::phase)
            .filter(phase -> phase.startsWith("heap-"))
            .distinct()
            .toList();
    for (String phase : held) {
      int streams = Integer.parseInt(phase.substring("heap-".length()));
      double live = figures.median(phase, Target.GATEWAY, it -> it.jvm().liveMb());
      String each = figure((live - idle) * KILOBYTE / streams, 1);
      table.row(List.of("%,d".formatted(streams), figure(live, 1), each));
    }
    return held.isEmpty()
        ? ""
        : "\nWhat lives in the gateway's heap, after a full collection.\n\n" + table;
  }
}
