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

  /** Short, so that a moment in which the machine stands still spoils few of many windows. */
  private static final Duration WINDOW = Duration.ofSeconds(3);

  private static final Duration RUN_UP = Duration.ofMillis(500);

  /** What a reader who sleeps leaves unread has to fill sockets and queues first. */
  private static final Duration FILLING = Duration.ofSeconds(1);

  private static final Duration WARM_UP_AT_FULL_SPEED = Duration.ofSeconds(2);
  private static final Duration WARM_UP_AT_THE_RATE = Duration.ofSeconds(4);
  private static final int FEWEST_WARM_UPS = 6;

  /** CPUs used by others from which a window says nothing. */
  private static final double DISTURBED_CORES = 0.25;

  private final Options options;
  private final boolean each = Boolean.getBoolean("bystanders.each");
  private final Neighbours seen = new Neighbours(Bystander.NOBODY.name());
  private int disturbed;

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
          visit(launch, gateway.target(), looking(blocking));
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

  /** One at a time, or all at once. */
  private List<Bystander> looking(Path blocking) {
    List<Bystander> all = Bystanders.all(blocking);
    return each ? all.subList(1, all.size()) : all.subList(all.size() - 1, all.size());
  }

  /**
   * All look meanwhile. Full speed, so that the compiler sees many calls, and the measured rate by
   * turns, until the CPU time of a request at that rate stops falling: the compiler has done its
   * work, which it does on the gateway's CPU.
   */
  private void warmUp(Target target, Path blocking) throws IOException {
    long limit = System.nanoTime() + options.effort().warmUp().toNanos();
    Settling settling = new Settling(FEWEST_WARM_UPS);
    boolean settled = false;
    Bystander.Presence there = Bystanders.warming(blocking, target);
    try {
      while (!settled && System.nanoTime() < limit) {
        Progress.window(measure(LoadPhase.saturation(1, WARM_UP_AT_FULL_SPEED), target, 0, 0));
        Window rated =
            measure(LoadPhase.rated(1, options.rate(), WARM_UP_AT_THE_RATE), target, 0, 0);
        Progress.window(rated);
        settled = settling.add(rated.cpuPerRequest());
      }
    } finally {
      there.close();
    }
    Progress.say(settled ? "settled" : "not settled: --warm-up is too short");
  }

  /** Nobody looks in every other window; each round begins with another one of the others. */
  private void visit(int launch, Target target, List<Bystander> lookers) throws IOException {
    for (int round = 1; round <= options.effort().rounds(); round++) {
      for (int i = 0; i < lookers.size(); i++) {
        window(launch, round, target, Bystander.NOBODY);
        window(launch, round, target, lookers.get((i + round) % lookers.size()));
      }
    }
    window(launch, options.effort().rounds(), target, Bystander.NOBODY);
  }

  /** What others on the machine disturbed is measured once more, and left out if it is again. */
  private void window(int launch, int round, Target target, Bystander one) throws IOException {
    Progress.say("launch %d, round %d: %s", launch, round, one.name());
    Window window = once(launch, round, target, one);
    if (window.foreignCores() >= DISTURBED_CORES) {
      window = once(launch, round, target, one);
    }
    if (window.foreignCores() >= DISTURBED_CORES) {
      disturbed++;
      return;
    }
    seen.add(
        new Neighbours.Seen(
            launch,
            one.name(),
            window.load().latency(),
            window.cpuPerRequest(),
            window.foreignCores()));
  }

  private Window once(int launch, int round, Target target, Bystander one) throws IOException {
    Bystander.Presence there = one.at(target);
    try {
      measure(LoadPhase.saturation(1, FILLING), target, launch, round);
      LoadPhase phase = LoadPhase.rated(1, options.rate(), WINDOW).after(RUN_UP);
      Window window = measure(phase, target, launch, round);
      Progress.window(window);
      return window;
    } finally {
      there.close();
    }
  }

  private static Window measure(LoadPhase phase, Target target, int launch, int round)
      throws IOException {
    return WindowMeter.measure(phase, target, launch, round);
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
    List<String> rows = new ArrayList<>(List.of(Bystander.NOBODY.name()));
    looking(options.directory()).forEach(one -> rows.add(one.name()));
    return report.table(rows)
        + "\nOther processes used %s CPUs (median); %d requests/s, windows of %d s;"
            .formatted(MarkdownTable.figure(seen.foreign(), 2), options.rate(), WINDOW.toSeconds())
        + " %d windows left out, in which others used %.2f CPUs or more.\n"
            .formatted(disturbed, DISTURBED_CORES);
  }
}
