package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mock, nginx and one gateway after the other, driven in turn.
 *
 * <p>Each round of a phase visits all targets, one window each, so that noise on the machine meets
 * all alike.
 */
final class Session implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration RECORDED = Duration.ofSeconds(10);
  private static final long QUIET_LIMIT_NANOS = 3_000_000_000L;
  private static final long HANGUP_LIMIT_NANOS = 6_000_000_000L;
  private static final long LOOK_MILLIS = 200;
  private static final double QUIET_CORES = 0.08;
  private static final double DISTURBED_CORES = 0.25;

  private final Options options;
  private final MockProcess mock;
  private final @Nullable Nginx nginx;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();
  private final List<String> profiles = new ArrayList<>();

  private Session(Options options, MockProcess mock, @Nullable Nginx nginx) {
    this.options = options;
    this.mock = mock;
    this.nginx = nginx;
  }

  static Session open(Options options) throws IOException {
    MockProcess mock = MockProcess.start(options.directory());
    Optional<Path> executable = options.nginx() ? Nginx.executable() : Optional.empty();
    if (executable.isEmpty()) {
      Progress.say("nginx: left out (%s)", options.nginx() ? "not installed" : "--no-nginx");
      return new Session(options, mock, null);
    }
    return new Session(options, mock, Nginx.start(executable.get(), mock.port(), options));
  }

  List<Launch> launches() {
    return launches;
  }

  List<Window> windows() {
    return windows;
  }

  /** What was recorded, as tables. */
  List<String> profiles() {
    return profiles;
  }

  void run() throws IOException, InterruptedException {
    warmUp(mock.target(), new Settling(3));
    for (int number = 1; number <= options.effort().launches(); number++) {
      Start start = new Start(number, mock.port(), options);
      try (Gateway gateway = Gateway.start(Target.GATEWAY, options.gateway(), start)) {
        launch(start, gateway);
      }
    }
  }

  /**
   * What a gateway of one launch is started with.
   *
   * @param more blocks of its configuration that others do not have
   */
  record Start(int launch, int mockPort, Options options, String more) {

    Start(int launch, int mockPort, Options options) {
      this(launch, mockPort, options, "");
    }

    Start with(String blocks) {
      return new Start(launch, mockPort, options, blocks);
    }
  }

  private void launch(Start start, Gateway gateway) throws IOException, InterruptedException {
    int number = start.launch();
    double firstAnswer = FirstAnswer.millis(gateway);
    Thread.sleep(SHORT.toMillis());
    Target target = gateway.target();
    double idle = new ProcessMeter(target.process()).pssMegabytes();
    Progress.say("launch %d: first answer after %.0f ms, idle %.0f MB", number, firstAnswer, idle);
    if (gateway.attach() == null) {
      Progress.say("launch %d: no JVM that can be asked: garbage and heap are left out", number);
    }
    target = gateway.target();
    if (options.beside().isEmpty()) {
      launches.add(visit(number, target, List.of()).started(firstAnswer, idle));
      return;
    }
    // Only now, since a free port is taken when the first gateway listens.
    try (Gateway other = Gateway.start(Target.BESIDE, options.beside().command(), start)) {
      FirstAnswer.millis(other);
      other.attach();
      WarmUp warmUp = warmUp(other.target(), new Settling(8));
      Progress.say("launch %d: beside settled after %d windows", number, warmUp.windows());
      launches.add(visit(number, target, List.of(other.target())).started(firstAnswer, idle));
    }
  }

  /** Warms the gateway up and measures all phases. */
  private Launch visit(int number, Target target, List<Target> beside)
      throws IOException, InterruptedException {
    long callsBefore = calls();
    long spansBefore = mock.count("spans");
    WarmUp warmUp = warmUp(target, new Settling(8));
    Thread.sleep(SHORT.toMillis());
    double spans = (double) (mock.count("spans") - spansBefore) / (calls() - callsBefore);
    Progress.say(
        "launch %d: settled after %d windows, at full speed after %.0f s, %.2f spans a request",
        number, warmUp.windows(), warmUp.fullSpeedSeconds(), spans);
    if (options.profile()) {
      profile(target);
      return new Launch(number, 0, 0, 0, warmUp.windows(), warmUp.fullSpeedSeconds(), 0, spans);
    }
    for (LoadPhase phase : LoadPhase.all(options)) {
      rounds(phase, targets(target, beside), number);
    }
    // Calls whose callers have just left are still accounted for.
    quiet(target);
    double live = target.jvm() == null ? Double.NaN : target.jvm().liveMegabytes();
    double end = new ProcessMeter(target.process()).pssMegabytes();
    for (LoadPhase phase : LoadPhase.heaps(options)) {
      windows.add(measure(phase, target, number, 1));
    }
    return new Launch(number, 0, 0, end, warmUp.windows(), warmUp.fullSpeedSeconds(), live, spans);
  }

  /** Records plain calls, then streams, and keeps the recording. */
  private void profile(Target target) throws IOException, InterruptedException {
    GatewayJvm jvm = target.jvm();
    if (jvm == null) {
      throw new IllegalStateException("--profile: the gateway is no JVM that can be recorded");
    }
    for (LoadPhase phase :
        List.of(LoadPhase.saturation(1, RECORDED), LoadPhase.streams(RECORDED))) {
      jvm.record();
      measure(phase, target, 1, 1);
      Path file = options.directory().resolve(phase.name() + ".jfr").toAbsolutePath();
      profiles.add(ProfileReport.of(phase.name(), file, jvm.recorded(file)));
    }
  }

  private long calls() throws IOException {
    return mock.count("answers") + mock.count("streams_ended") + mock.count("streams_aborted");
  }

  /**
   * Full speed until the CPU time of a request stops falling, with streams and large bodies in
   * between.
   */
  private WarmUp warmUp(Target target, Settling settling) throws IOException, InterruptedException {
    WarmUp warmUp = new WarmUp(System.nanoTime());
    long limit = System.nanoTime() + options.effort().warmUp().toNanos();
    boolean settled = false;
    while (!settled && System.nanoTime() < limit) {
      if (settling.seen() % 3 == 1) {
        measure(LoadPhase.saturation(100, SHORT), target, 0, 0);
        measure(LoadPhase.streams(SHORT), target, 0, 0);
      }
      Window window = measure(LoadPhase.saturation(1, SHORT), target, 0, 0);
      warmUp.add(System.nanoTime(), window.requestsPerSecond());
      settled = settling.add(window.cpuPerRequest());
    }
    if (LoadPhase.all(options).stream().anyMatch(phase -> phase.events() > 0)) {
      warmUpStreams(target);
    }
    return warmUp;
  }

  /** The few streams until now do not have their code compiled. */
  private void warmUpStreams(Target target) throws IOException, InterruptedException {
    Settling settling = new Settling(3);
    long limit = System.nanoTime() + options.effort().warmUp().toNanos() / 2;
    boolean settled = false;
    while (!settled && System.nanoTime() < limit) {
      settled = settling.add(measure(LoadPhase.shortStreams(SHORT), target, 0, 0).cpuPerEvent());
    }
  }

  private void rounds(LoadPhase phase, List<Target> targets, int launch)
      throws IOException, InterruptedException {
    int rounds = phase.holds() ? 1 : options.effort().rounds();
    for (int round = 1; round <= rounds; round++) {
      for (Target target : targets) {
        if (phase.comparesWithDirect() || !target.isDirect()) {
          windows.add(quietest(phase, target, launch, round));
        }
      }
    }
  }

  private List<Target> targets(Target gateway, List<Target> beside) {
    List<Target> targets = new ArrayList<>(List.of(mock.target()));
    if (nginx != null) {
      targets.add(nginx.target());
    }
    targets.add(gateway);
    targets.addAll(beside);
    return targets;
  }

  /** What others on the machine disturbed is measured once more, and the quieter window kept. */
  private Window quietest(LoadPhase phase, Target target, int launch, int round)
      throws IOException, InterruptedException {
    Window first = measure(phase, target, launch, round);
    if (first.foreignCores() < DISTURBED_CORES) {
      return first;
    }
    Window second = measure(phase, target, launch, round);
    return second.foreignCores() < first.foreignCores() ? second : first;
  }

  private Window measure(LoadPhase phase, Target target, int launch, int round)
      throws IOException, InterruptedException {
    quiet(target);
    mock.settings(phase.mock());
    Window window = WindowMeter.measure(phase, target, launch, round);
    if (phase.holds()) {
      window = window.with(hangup(target));
    }
    Progress.window(window);
    return window;
  }

  /** The callers have just left: how soon do the provider's streams end? */
  private Window.Hangup hangup(Target target) throws IOException, InterruptedException {
    Pulse pulse = Pulse.of(target);
    long left;
    double seconds;
    try {
      long start = System.nanoTime();
      left = mock.count("streams_open");
      while (left > 0 && System.nanoTime() - start < HANGUP_LIMIT_NANOS) {
        Thread.sleep(10);
        left = mock.count("streams_open");
      }
      seconds = (System.nanoTime() - start) / 1e9;
    } finally {
      pulse.stop();
    }
    mock.hangUp();
    return new Window.Hangup(left, seconds, pulse.longestMillis());
  }

  /** Waits, not for ever, until the last load has died away and the target has nothing to do. */
  private void quiet(Target target) throws IOException, InterruptedException {
    long limit = System.nanoTime() + QUIET_LIMIT_NANOS;
    var meter = new ProcessMeter(target.process());
    double cores = 1;
    while ((mock.count("streams_open") > 0 || cores > QUIET_CORES) && System.nanoTime() < limit) {
      double before = meter.cpuMicros();
      Thread.sleep(LOOK_MILLIS);
      cores = (meter.cpuMicros() - before) / (LOOK_MILLIS * 1000.0);
    }
  }

  @Override
  public void close() {
    if (nginx != null) {
      nginx.close();
    }
    mock.close();
  }
}
