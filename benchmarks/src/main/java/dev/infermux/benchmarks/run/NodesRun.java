package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program behind {@code nodes.sh}: what it costs to be one node of several. */
public final class NodesRun {
  /** Of the tests of infermux-cluster, since it looks into a package there. */
  private static final String STORE = "dev.infermux.cluster.postgres.StoreFigures";

  private static final List<String> WHOLE = List.of("--rounds", "4", "--warm-up", "25");
  private static final List<String> QUICK = List.of("--rounds", "1", "--warm-up", "4");

  /** Each has a window of each node, and one more of that with a state file alone. */
  private static final int LATENCY_ROUNDS = 30;

  private static final List<String> PARTS =
      List.of("database", "call", "cluster", "restarts", "nodes");
  private static final String CHOICE = "--parts";

  private final Options options;
  private final boolean quick;
  private final List<String> parts;
  private final NodesFigures report = new NodesFigures();
  private boolean failed;

  private NodesRun(Options options, boolean quick, List<String> parts) {
    this.options = options;
    this.quick = quick;
    this.parts = parts;
  }

  /** Prints a table and exits 0; 1 if a part of it could not be measured, 2 on bad arguments. */
  public static void main(String[] args) {
    RunExit.with(() -> run(args));
  }

  private static int run(String[] args) throws IOException, InterruptedException {
    boolean quick = Arrays.asList(args).contains("--quick");
    List<String> all = new ArrayList<>(quick ? QUICK : WHOLE);
    all.addAll(Arrays.asList(args));
    List<String> parts = parts(all);
    Options options = Options.parse(all.toArray(String[]::new));
    Files.createDirectories(options.directory());
    NodesRun run = new NodesRun(options, quick, parts);
    run.run();
    System.out.println(run.report);
    Files.writeString(options.directory().resolve("figures.md"), run.report.toString());
    return run.failed ? 1 : 0;
  }

  /** Takes the option out of the others: those of all runs do not know it. */
  private static List<String> parts(List<String> args) {
    int at = args.indexOf(CHOICE);
    if (at < 0) {
      return PARTS;
    }
    args.remove(at);
    List<String> asked = List.of((at < args.size() ? args.remove(at) : "").split(",", -1));
    return Options.chosen(CHOICE, asked, PARTS);
  }

  /** A part of the run; what one cannot measure does not keep the others from it. */
  @FunctionalInterface
  private interface Part {
    void measure() throws IOException, InterruptedException;
  }

  private void attempt(String name, Part part) throws InterruptedException {
    if (!parts.contains(name)) {
      return;
    }
    Progress.say("-- %s", name);
    try {
      part.measure();
    } catch (IOException | RuntimeException e) {
      failed = true;
      report.note(name + ": not measured: " + e.getMessage());
    }
  }

  private void run() throws IOException, InterruptedException {
    try (CutNetwork network = network();
        Postgres database = database(network);
        MockProcess mock = MockProcess.start(options.directory())) {
      attempt("database", () -> store(database));
      attempt("call", () -> inProcess(database));
      attempt("cluster", () -> membership(database, mock, network));
      attempt("restarts", () -> recovery(database, mock));
      attempt("nodes", () -> sideBySide(database, mock));
    }
  }

  private Postgres database(@Nullable CutNetwork network) throws IOException, InterruptedException {
    List<String> addresses = network == null ? List.of() : List.of(CutNetwork.HERE);
    return Postgres.start(everywhere().pinning(), addresses);
  }

  private @Nullable CutNetwork network() {
    try {
      return new CutNetwork();
    } catch (IOException e) {
      report.note("No node was cut off: " + e.getMessage() + " (expected: root, and ip).");
      return null;
    }
  }

  private void store(Postgres database) throws IOException, InterruptedException {
    Map<String, List<Double>> found =
        ChildProgram.run(everywhere(), STORE, database.database("store"), quick ? "1" : "4");
    report.found("a step alone, p50, ms", get(found, "step p50"), 2, "0.43");
    report.found("… p99, ms", get(found, "step p99"), 2, "0.83");
    report.found("steps/s, 1,000 callers, 32 at a time", get(found, "steps 32"), 0, "5,000");
    report.found("… all at once", get(found, "steps 1000"), 0, "");
    report.found("cost entries/s, 500 a statement", get(found, "entries"), 0, "100,000");
    report.found("… two statements at once, p50, ms", get(found, "entries p50"), 1, "");
    report.found("… p99, ms", get(found, "entries p99"), 1, "");
  }

  private void inProcess(Postgres database) throws IOException, InterruptedException {
    Map<String, List<Double>> found =
        ChildProgram.run(
            options,
            InProcessCost.class.getName(),
            database.database("library"),
            options.directory().resolve("library").toString(),
            quick ? "2" : "6",
            quick ? "20000" : "60000");
    report.beside(
        "CPU µs a call in one JVM, shared", get(found, "shared"), get(found, "file"), 1, "+ 1");
    report.beside(
        "… of it on the event loop", get(found, "shared loop"), get(found, "file loop"), 1, "");
  }

  private static List<Double> get(Map<String, List<Double>> found, String name) {
    return found.getOrDefault(name, List.of());
  }

  private void membership(Postgres database, MockProcess mock, @Nullable CutNetwork network)
      throws IOException, InterruptedException {
    List<Double> formed = new ArrayList<>();
    int times = quick ? 1 : 2;
    for (int i = 1; i <= times; i++) {
      Session.Start start = new Session.Start(i, mock.port(), everywhere());
      try (Membership three = Membership.of(start, start, database, network)) {
        formed.add(three.form());
        if (i == times) {
          report.found("three nodes started at once hear each other, s", formed, 1, "12");
          trouble(three, network != null && !quick);
        }
      }
    }
  }

  private void trouble(Membership three, boolean cut) throws IOException, InterruptedException {
    double[] paused = three.pause(!quick);
    report.found("SIGSTOP: the others see it, s", List.of(paused[0]), 1, "12");
    report.found("… gone on: all hear all, s", List.of(paused[1]), 1, "");
    if (cut) {
      double[] seen = three.cut();
      report.found("link of one down: the two see it, s", List.of(seen[0]), 1, "");
      report.found("… it sees it, s", List.of(seen[1]), 1, "");
      report.found("… up after 45 s: all hear all for good, s", List.of(seen[2]), 1, "15");
    }
    report.found("kill -9: the others see it, s", List.of(three.kill()), 2, "1");
  }

  private void recovery(Postgres database, MockProcess mock)
      throws IOException, InterruptedException {
    String url = database.database("restarts");
    Session.Start start = new Session.Start(1, mock.port(), everywhere());
    try (ServedNode node =
        ServedNode.of("restarted", start, Ports.free(), home -> NodeBlocks.shared(home, url))) {
      Recovery recovery = new Recovery(mock, node, options.rate());
      recovery.run(quick ? 1 : 3);
      report.beside(
          "start to ready after kill -9, beside one after SIGTERM, s",
          recovery.killed(),
          recovery.left(),
          2,
          "+ 0.5");
    }
  }

  private void sideBySide(Postgres database, MockProcess mock)
      throws IOException, InterruptedException {
    Session.Start own = new Session.Start(9, mock.port(), options);
    Session.Start rig = new Session.Start(9, mock.port(), options.withPinning(new Pinning("")));
    String url = database.database("shared");
    try (Membership three = Membership.of(own, rig, database, null)) {
      three.form();
      try (ServedNode file = ServedNode.of("file", own, Ports.free(), NodeBlocks::file)) {
        file.launch();
        file.awaitReady();
        try (ServedNode shared =
            ServedNode.of("shared", own, Ports.free(), home -> NodeBlocks.shared(home, url))) {
          shared.launch();
          shared.awaitReady();
          Map<String, ServedNode> nodes = new LinkedHashMap<>();
          nodes.put(SharedCost.FILE, file);
          nodes.put(SharedCost.SHARED, shared);
          nodes.put(SharedCost.CLUSTERED, three.node(1));
          side(new SharedCost(mock, options, nodes), shared);
        }
      }
    }
  }

  private void side(SharedCost cost, ServedNode shared) throws IOException, InterruptedException {
    cost.warmUp();
    cost.idle(Duration.ofSeconds(quick ? 3 : 10));
    cost.run(Duration.ofSeconds(quick ? 1 : 3));
    Neighbours latencies =
        cost.latencies(quick ? 3 : LATENCY_ROUNDS, Duration.ofSeconds(quick ? 1 : 3));
    for (String name : List.of(SharedCost.SHARED, SharedCost.CLUSTERED)) {
      report.beside(
          "CPU µs a request at full speed, " + name,
          cost.cpu(name),
          cost.cpu(SharedCost.FILE),
          1,
          "+ 1");
      report.latencies(" µs at " + options.rate() + "/s, " + name, latencies, name);
      double idle = cost.idleMillis(name);
      compare("idle, CPU ms a second, " + name, idle, cost.idleMillis(SharedCost.FILE), "");
      String reach = name.equals(SharedCost.CLUSTERED) ? "+ 110" : "";
      double rss = cost.rssMegabytes(name);
      compare("RSS MB after it all, " + name, rss, cost.rssMegabytes(SharedCost.FILE), reach);
    }
    report.noise(" µs at " + options.rate() + "/s, state file beside itself", latencies);
    report.found(
        "database steps a call, shared",
        List.of(shared.metric("infermux_lease_steps_total") / cost.calls(SharedCost.SHARED)),
        4,
        "0.0006");
    report.found(
        "calls that waited for one", List.of(shared.metric("infermux_lease_waits_total")), 0, "0");
    report.note(
        "%d errors; other processes used %.2f CPUs (median)."
            .formatted(cost.errors(), latencies.foreign()));
  }

  private void compare(String what, double value, double other, String reach) {
    report.beside(what, List.of(value), List.of(other), 0, reach);
  }

  /** On all CPUs of this run, where the figures are not about CPU time. */
  private Options everywhere() throws IOException {
    String gateway = options.pinning().gateway();
    if (gateway.isEmpty()) {
      return options;
    }
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String prefix = "Cpus_allowed_list:";
      return lines
          .filter(line -> line.startsWith(prefix))
          .findFirst()
          .map(line -> line.substring(prefix.length()).trim())
          .map(own -> options.withPinning(new Pinning(gateway + "," + own)))
          .orElse(options);
    }
  }
}
