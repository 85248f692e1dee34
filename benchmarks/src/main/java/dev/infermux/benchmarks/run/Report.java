package dev.infermux.benchmarks.run;

import static dev.infermux.benchmarks.run.MarkdownTable.cells;
import static dev.infermux.benchmarks.run.MarkdownTable.figure;

import dev.infermux.benchmarks.load.LoadResult;
import dev.infermux.benchmarks.load.Summary;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The tables of a run, side by side with nginx. */
final class Report {
  /**
   * From this share of a CPU on, the rig may have been the limit, and the rate is only a lower
   * bound.
   */
  private static final double RIG_LIMIT = 0.93;

  private final Results results;
  private final Figures figures;
  private final List<String> targets;
  private final JvmReport jvm;

  Report(Results results) {
    this.results = results;
    this.figures = new Figures(results.windows());
    this.targets =
        Stream.of(Target.NGINX, Target.GATEWAY, Target.BESIDE)
            .filter(name -> results.windows().stream().anyMatch(it -> it.target().equals(name)))
            .toList();
    this.jvm = new JvmReport(results, figures, targets);
  }

  String markdown() {
    return Stream.of(head(), json(), tail(), streams(), held(), jvm.tables(), process())
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  private String head() {
    Results.Machine machine = results.machine();
    double others = Figures.median(results.windows().stream().mapToDouble(Window::foreignCores));
    return """
    `%s`, %s; %d CPUs %s, %s, Java %s; other processes used %s CPUs (median).
    """
        .formatted(
            results.command(),
            results.when(),
            machine.cpus(),
            machine.processor(),
            machine.system(),
            machine.java(),
            figure(others, 2));
  }

  private String json() {
    var table =
        new MarkdownTable(
            "JSON",
            "CPU µs/request",
            "min–max",
            "× nginx",
            "requests/s",
            "p50 added µs",
            "p99 added µs",
            "errors");
    for (int size : LoadPhase.SIZES_KB) {
      targets.forEach(target -> table.row(json(size, target)));
    }
    return ran(LoadPhase.json(1))
        ? "CPU and requests/s at full speed, latency added over direct at %d requests/s.\n\n%s"
            .formatted(results.rate(), table)
        : "";
  }

  private List<String> json(int size, String target) {
    String full = LoadPhase.json(size);
    String rated = LoadPhase.rate(size);
    List<String> row = cells("%d KB, %s".formatted(size, target));
    row.add(figure(figures.median(full, target, Window::cpuPerRequest), 1));
    row.add(range(full, target));
    row.add(figure(figures.overNginx(full, target, Window::cpuPerRequest), 2));
    row.add(
        bound(full, target) + figure(figures.median(full, target, Window::requestsPerSecond), 0));
    row.add(figure(figures.added(rated, target, it -> it.load().latency().p50()), 0));
    row.add(figure(figures.added(rated, target, it -> it.load().latency().p99()), 0));
    row.add(errors(target, full, rated));
    return row;
  }

  private String range(String phase, String target) {
    var range =
        figures.of(phase, target).stream().mapToDouble(Window::cpuPerRequest).summaryStatistics();
    return figure(range.getMin(), 1) + "–" + figure(range.getMax(), 1);
  }

  private String bound(String phase, String target) {
    return figures.median(phase, target, Window::rigCores) > RIG_LIMIT ? "≥ " : "";
  }

  private String tail() {
    var table =
        new MarkdownTable("1 KB, requests/s", "p50 added µs", "p90", "p99", "p99.9", "errors");
    List<Integer> rates =
        results.windows().stream()
            .map(Window::phase)
            .filter(phase -> phase.startsWith(LoadPhase.rate(1) + "-"))
            .map(phase -> Integer.parseInt(phase.substring(LoadPhase.rate(1).length() + 1)))
            .distinct()
            .toList();
    rates.forEach(rate -> targets.forEach(target -> table.row(tail(rate, target))));
    return rates.isEmpty() ? "" : "How the tail grows with the rate.\n\n" + table;
  }

  private List<String> tail(int rate, String target) {
    String phase = LoadPhase.rate(1, rate);
    List<String> row = cells("%,d, %s".formatted(rate, target));
    List<ToDoubleFunction<Summary>> percentiles =
        List.of(Summary::p50, Summary::p90, Summary::p99, Summary::p999);
    for (ToDoubleFunction<Summary> percentile : percentiles) {
      row.add(
          figure(
              figures.added(phase, target, it -> percentile.applyAsDouble(it.load().latency())),
              0));
    }
    row.add(errors(target, phase));
    return row;
  }

  private String streams() {
    var table =
        new MarkdownTable(
            "streams",
            "first token added p50 µs",
            "p99",
            "event delay added p50 µs",
            "p99",
            "CPU µs/event",
            "× nginx",
            "errors");
    for (String target : targets) {
      List<String> row = cells(target);
      added(row, target, it -> it.load().firstToken().p50());
      added(row, target, it -> it.load().firstToken().p99());
      added(row, target, it -> it.load().eventDelay().p50());
      added(row, target, it -> it.load().eventDelay().p99());
      row.add(figure(figures.median("stream", target, Window::cpuPerEvent), 1));
      row.add(figure(figures.overNginx("stream", target, Window::cpuPerEvent), 2));
      row.add(errors(target, "stream"));
      table.row(row);
    }
    return ran("stream")
        ? "%.1f streams/s of %d events, the first after 20 ms, then one every 10 ms.\n\n%s"
            .formatted(LoadPhase.STREAMS_PER_SECOND, LoadPhase.STREAM_EVENTS, table)
        : "";
  }

  private void added(List<String> row, String target, ToDoubleFunction<Window> figure) {
    row.add(figure(figures.added("stream", target, figure), 0));
  }

  private String held() {
    var table =
        new MarkdownTable(
            "open streams",
            "open",
            "memory before MB",
            "holding MB",
            "KB/stream",
            "CPU µs/event",
            "× nginx",
            "event delay p50 µs",
            "p99",
            "errors",
            "provider's streams ended",
            "longest wait meanwhile ms");
    List<Integer> sizes =
        results.windows().stream()
            .filter(it -> it.phase().startsWith("hold-"))
            .map(it -> Integer.parseInt(it.phase().substring(5)))
            .distinct()
            .toList();
    sizes.forEach(size -> targets.forEach(target -> table.row(held(size, target))));
    return sizes.isEmpty()
        ? ""
        : "Streams held open, about %,d events/s in all; then all callers leave at once.\n\n%s"
            .formatted(LoadPhase.HELD_EVENTS_PER_SECOND, table);
  }

  private List<String> held(int streams, String target) {
    String phase = LoadPhase.hold(streams);
    double before = figures.median(phase, target, it -> it.memory().beforeMb());
    double holding = figures.median(phase, target, it -> it.memory().endMb());
    List<String> row = cells("%,d, %s".formatted(streams, target));
    row.add(figure(figures.median(phase, target, it -> it.load().openAtEnd()), 0));
    row.add(figure(before, 0));
    row.add(figure(holding, 0));
    row.add(
        figure(
            figures.median(
                phase,
                target,
                it -> (it.memory().endMb() - it.memory().beforeMb()) * 1024 / streams),
            1));
    row.add(figure(figures.median(phase, target, Window::cpuPerEvent), 1));
    row.add(figure(figures.overNginx(phase, target, Window::cpuPerEvent), 2));
    row.add(figure(figures.median(phase, target, it -> it.load().eventDelay().p50()), 0));
    row.add(figure(figures.median(phase, target, it -> it.load().eventDelay().p99()), 0));
    row.add(errors(target, phase));
    row.add(ended(phase, target, streams));
    row.add(figure(longestWait(phase, target), 0));
    return row;
  }

  /** The worst of all launches, of a gateway; NaN = nobody was asked. */
  private double longestWait(String phase, String target) {
    return figures.of(phase, target).stream()
        .map(Window::hangup)
        .flatMap(Stream::ofNullable)
        .mapToDouble(Window.Hangup::longestWaitMillis)
        .max()
        .orElse(Double.NaN);
  }

  /** The worst of all launches. */
  private String ended(String phase, String target, int streams) {
    List<Window.Hangup> all =
        figures.of(phase, target).stream().map(Window::hangup).flatMap(Stream::ofNullable).toList();
    long left = all.stream().mapToLong(Window.Hangup::left).max().orElse(0);
    double seconds = all.stream().mapToDouble(Window.Hangup::seconds).max().orElse(Double.NaN);
    return left == 0
        ? "all, within " + figure(seconds, 2) + " s"
        : "NO: %,d of %,d open after %s s".formatted(left, streams, figure(seconds, 0));
  }

  private String process() {
    var table = new MarkdownTable("gateway", "median", "of the launches");
    process(table, "start to first answer, ms", Launch::firstAnswerMillis, 0);
    process(table, "memory idle, MB", Launch::idleMb, 0);
    process(table, "memory at the end, MB", Launch::endMb, 0);
    process(table, "load until 90 % of full speed, s", Launch::fullSpeedSeconds, 0);
    process(table, "spans received per request", Launch::spansPerRequest, 2);
    return table.toString();
  }

  private void process(
      MarkdownTable table, String name, ToDoubleFunction<Launch> value, int decimals) {
    List<String> each =
        results.launches().stream().map(it -> figure(value.applyAsDouble(it), decimals)).toList();
    double median = Figures.median(results.launches().stream().mapToDouble(value));
    table.row(List.of(name, figure(median, decimals), String.join(", ", each)));
  }

  private boolean ran(String phase) {
    return results.windows().stream().anyMatch(it -> it.phase().equals(phase));
  }

  private String errors(String target, String... phases) {
    return Long.toString(
        Stream.of(phases)
            .flatMap(phase -> figures.of(phase, target).stream())
            .map(Window::load)
            .map(LoadResult::errors)
            .mapToLong(LoadResult.Errors::total)
            .sum());
  }
}
