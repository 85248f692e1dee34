package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.exporter.BlockingSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The program behind {@code bystanders.sh}: whether those who look at a gateway change what its
 * callers wait.
 */
public final class BystanderRun {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** What a reader who sleeps leaves unread has to fill sockets and queues first. */
  private static final Duration RUN_UP = Duration.ofSeconds(8);

  private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(2);
  private static final long SETTLE_MILLIS = 1000;

  private final Options options;
  private final List<Seen> seen = new ArrayList<>();

  private BystanderRun(Options options) {
    this.options = options;
  }

  /** One window. */
  private record Seen(int launch, int round, String who, double p50, double p99, double foreign) {}

  /** Prints a table and exits 0; 1 if something did not start or answer, 2 on bad arguments. */
  public static void main(String[] args) {
    int status = 0;
    try {
      Options options = Options.parse(args);
      Files.createDirectories(options.directory());
      var run = new BystanderRun(options);
      run.run();
      System.out.println(run.report());
    } catch (IllegalArgumentException e) {
      Progress.say("%s", String.valueOf(e.getMessage()));
      status = 2;
    } catch (IOException | InterruptedException | IllegalStateException e) {
      Progress.say("%s", String.valueOf(e.getMessage()));
      status = 1;
    }
    System.exit(status);
  }

  private void run() throws IOException, InterruptedException {
    try (MockProcess mock = MockProcess.start(options.directory())) {
      for (int launch = 1; launch <= options.effort().launches(); launch++) {
        Path blocking = options.directory().resolve("blocking-" + launch);
        var start = new Session.Start(launch, mock.port(), options).with(subscriber(blocking));
        try (Gateway gateway = Gateway.start(Target.GATEWAY, options.gateway(), start)) {
          FirstAnswer.millis(gateway);
          mock.settings("answerBytes=600");
          warmUp(gateway.target());
          visit(launch, gateway.target(), Bystanders.all(blocking));
          drops(gateway.target().port());
        }
      }
    }
  }

  /** The classes of this run are the exporter's too. */
  private static String subscriber(Path blocking) {
    String classes =
        BystanderRun.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return """
    exporters:
      - class: %s
        classpath: ["%s"]
        config: { while: "%s" }
    """
        .formatted(BlockingSubscriber.class.getName(), classes, blocking);
  }

  private void warmUp(Target target) throws IOException {
    var settling = new Settling(8);
    long limit = System.nanoTime() + options.effort().warmUp().toNanos();
    boolean settled = false;
    while (!settled && System.nanoTime() < limit) {
      Window window = WindowMeter.measure(LoadPhase.saturation(1, WARM_UP_WINDOW), target, 0, 0);
      Progress.window(window);
      settled = settling.add(window.cpuPerRequest());
    }
  }

  /** Each round begins with another one, so that no place in it is anybody's. */
  private void visit(int launch, Target target, List<Bystander> bystanders)
      throws IOException, InterruptedException {
    LoadPhase phase = LoadPhase.rated(1, options.rate(), WINDOW).after(RUN_UP);
    for (int round = 1; round <= options.effort().rounds(); round++) {
      for (int i = 0; i < bystanders.size(); i++) {
        Bystander one = bystanders.get((i + round) % bystanders.size());
        Bystander.Presence there = one.at(target);
        try {
          Thread.sleep(SETTLE_MILLIS);
          Window window = WindowMeter.measure(phase, target, launch, round);
          var latency = window.load().latency();
          seen.add(
              new Seen(
                  launch, round, one.name(), latency.p50(), latency.p99(), window.foreignCores()));
          Progress.say("launch %d, round %d: %s", launch, round, one.name());
          Progress.window(window);
        } finally {
          there.close();
        }
        Thread.sleep(SETTLE_MILLIS);
      }
    }
  }

  /** That a reader slept shows in what was dropped for it. */
  private static void drops(int port) throws IOException {
    Bystanders.metrics(port)
        .lines()
        .filter(line -> line.startsWith("infermux_event") && line.contains("drops_total"))
        .forEach(line -> Progress.say("%s", line));
  }

  private String report() {
    var table =
        new MarkdownTable(
            "who looks", "p50 µs", "p99 µs", "p99 changed by %", "of the windows, %", "windows");
    String nobody = Bystander.NOBODY.name();
    for (String who : Bystanders.all(options.directory()).stream().map(Bystander::name).toList()) {
      List<Seen> windows = seen.stream().filter(one -> one.who().equals(who)).toList();
      double[] changes = windows.stream().mapToDouble(this::change).sorted().toArray();
      table.row(
          List.of(
              who,
              MarkdownTable.figure(median(windows.stream().mapToDouble(Seen::p50)), 0),
              MarkdownTable.figure(median(windows.stream().mapToDouble(Seen::p99)), 0),
              who.equals(nobody) ? "–" : MarkdownTable.figure(median(DoubleStream.of(changes)), 1),
              MarkdownTable.figure(changes[0], 1)
                  + " to "
                  + MarkdownTable.figure(changes[changes.length - 1], 1),
              Integer.toString(windows.size())));
    }
    return table
        + "\nOther processes used %.2f CPUs (median); %d requests/s, windows of %d s.\n"
            .formatted(
                median(seen.stream().mapToDouble(Seen::foreign)),
                options.rate(),
                WINDOW.toSeconds());
  }

  /** Of a window against the one of its launch and round at which nobody looked, in percent. */
  private double change(Seen window) {
    double alone =
        seen.stream()
            .filter(one -> one.launch() == window.launch() && one.round() == window.round())
            .filter(one -> one.who().equals(Bystander.NOBODY.name()))
            .mapToDouble(Seen::p99)
            .findFirst()
            .orElse(Double.NaN);
    return (window.p99() / alone - 1) * 100;
  }

  private static double median(DoubleStream values) {
    return Figures.median(values);
  }
}
