package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.exporter.BlockingSubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The program behind {@code bystanders.sh}: whether those who look at a gateway change what its
 * callers wait.
 */
public final class BystanderRun {
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Duration RUN_UP = Duration.ofSeconds(1);

  /** What a reader who sleeps leaves unread has to fill sockets and queues first. */
  private static final Duration FILLING = Duration.ofSeconds(1);

  private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(2);

  private final Options options;
  private final List<BystanderReport.Seen> seen = new ArrayList<>();

  private BystanderRun(Options options) {
    this.options = options;
  }

  /** Prints a table and exits 0; 1 if something did not start or answer, 2 on bad arguments. */
  public static void main(String[] args) {
    RunExit.with(() -> run(args));
  }

  private static int run(String[] args) throws IOException, InterruptedException {
    Options options = Options.parse(args);
    Files.createDirectories(options.directory());
    var run = new BystanderRun(options);
    run.run();
    System.out.println(run.report());
    return 0;
  }

  private void run() throws IOException, InterruptedException {
    try (MockProcess mock = MockProcess.start(options.directory())) {
      for (int launch = 1; launch <= options.effort().launches(); launch++) {
        Path blocking = options.directory().resolve("blocking-" + launch);
        var start = new Session.Start(launch, mock.port(), options).with(subscriber(blocking));
        try (Gateway gateway = Gateway.start(Target.GATEWAY, options.gateway(), start)) {
          FirstAnswer.millis(gateway);
          mock.settings("answerBytes=600");
          warmUp(gateway.target(), blocking);
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

  /** All look meanwhile; full speed and the measured rate by turns, as later. */
  private void warmUp(Target target, Path blocking) throws IOException {
    long limit = System.nanoTime() + options.effort().warmUp().toNanos();
    Bystander.Presence there = Bystanders.warming(blocking, target);
    try {
      while (System.nanoTime() < limit) {
        Progress.window(WindowMeter.measure(LoadPhase.saturation(1, WARM_UP_WINDOW), target, 0, 0));
        Progress.window(
            WindowMeter.measure(LoadPhase.rated(1, options.rate(), WARM_UP_WINDOW), target, 0, 0));
      }
    } finally {
      there.close();
    }
  }

  /** Nobody looks in every other window; each round begins with another one of the others. */
  private void visit(int launch, Target target, List<Bystander> bystanders) throws IOException {
    List<Bystander> lookers =
        bystanders.stream().filter(one -> !one.equals(Bystander.NOBODY)).toList();
    for (int round = 1; round <= options.effort().rounds(); round++) {
      for (int i = 0; i < lookers.size(); i++) {
        window(launch, round, target, Bystander.NOBODY);
        window(launch, round, target, lookers.get((i + round) % lookers.size()));
      }
    }
    window(launch, options.effort().rounds(), target, Bystander.NOBODY);
  }

  private void window(int launch, int round, Target target, Bystander one) throws IOException {
    Bystander.Presence there = one.at(target);
    try {
      WindowMeter.measure(LoadPhase.saturation(1, FILLING), target, launch, round);
      LoadPhase phase = LoadPhase.rated(1, options.rate(), WINDOW).after(RUN_UP);
      Window window = WindowMeter.measure(phase, target, launch, round);
      var latency = window.load().latency();
      seen.add(
          new BystanderReport.Seen(
              launch, one.name(), latency.p50(), latency.p99(), window.foreignCores()));
      Progress.say("launch %d, round %d: %s", launch, round, one.name());
      Progress.window(window);
    } finally {
      there.close();
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
    var report = new BystanderReport(seen);
    return report.table(Bystanders.all(options.directory()).stream().map(Bystander::name).toList())
        + "\nOther processes used %.2f CPUs (median); %d requests/s, windows of %d s.\n"
            .formatted(report.foreign(), options.rate(), WINDOW.toSeconds());
  }
}
