package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Three nodes that are up at once and visited in turn: one with a state file alone, one that shares
 * its budget, and one of three that do so and are a cluster.
 */
final class SharedCost {
  static final String FILE = "state file";
  static final String SHARED = "shared";
  static final String CLUSTERED = "one of three";

  private static final Duration WARM_UP_WINDOW = Duration.ofSeconds(2);
  private static final long QUIET_LIMIT_NANOS = 6_000_000_000L;
  private static final long LOOK_MILLIS = 300;
  private static final double QUIET_CORES = 0.05;

  private final MockProcess mock;
  private final Options options;
  private final Map<String, ServedNode> nodes;
  private final List<Seen> seen = new ArrayList<>();
  private final Map<String, Long> calls = new HashMap<>();
  private final Map<String, Double> idle = new LinkedHashMap<>();
  private long errors;

  /**
   * One visit.
   *
   * @param cpu µs of a request at full speed, with all that is to be done after the last one, but
   *     without what the node does when nobody calls
   */
  private record Seen(String node, double cpu) {}

  SharedCost(MockProcess mock, Options options, Map<String, ServedNode> nodes) {
    this.mock = mock;
    this.options = options;
    this.nodes = new LinkedHashMap<>(nodes);
  }

  void run(Duration window) throws IOException, InterruptedException {
    for (int round = 1; round <= options.effort().rounds(); round++) {
      List<String> names = new ArrayList<>(nodes.keySet());
      for (int i = 0; i < names.size(); i++) {
        String name = names.get((i + round) % names.size());
        visit(name, round, window);
      }
    }
  }

  void warmUp() throws IOException {
    mock.settings("answerBytes=600");
    Map<String, Settling> settling = new LinkedHashMap<>();
    nodes.keySet().forEach(name -> settling.put(name, new Settling(3)));
    List<String> settled = new ArrayList<>();
    long limit = System.nanoTime() + nodes.size() * options.effort().warmUp().toNanos();
    while (!settling.isEmpty() && System.nanoTime() < limit) {
      for (Map.Entry<String, Settling> node : settling.entrySet()) {
        Window window = window(node.getKey(), LoadPhase.saturation(1, WARM_UP_WINDOW), 0);
        if (node.getValue().add(window.cpuPerRequest())) {
          settled.add(node.getKey());
        }
      }
      settling.keySet().removeAll(settled);
    }
  }

  private void visit(String name, int round, Duration window)
      throws IOException, InterruptedException {
    Target target = target(name);
    var meter = new ProcessMeter(target.process());
    quiet(meter);
    double cpu = -meter.cpuMicros();
    long began = System.nanoTime();
    long before = calls(name);
    Window full = window(name, LoadPhase.saturation(1, window), round);
    quiet(meter);
    double seconds = (System.nanoTime() - began) / 1e9;
    cpu += meter.cpuMicros() - seconds * 1000 * idle.getOrDefault(name, 0.0);
    cpu /= calls(name) - before;
    errors += full.load().errors().total();
    seen.add(new Seen(name, cpu));
  }

  /** At a rate, in short windows: the one with a state file alone has every other one. */
  Neighbours latencies(int rounds, Duration window) throws IOException {
    Neighbours windows = new Neighbours(FILE);
    LoadPhase rated = LoadPhase.rated(1, options.rate(), window);
    for (int round = 1; round <= rounds; round++) {
      for (String name : List.of(FILE, SHARED, FILE, CLUSTERED)) {
        add(windows, name, window(name, rated, round));
      }
    }
    add(windows, FILE, window(FILE, rated, rounds));
    return windows;
  }

  private void add(Neighbours windows, String name, Window window) {
    errors += window.load().errors().total();
    windows.add(
        new Neighbours.Seen(
            1, name, window.load().latency(), window.cpuPerRequest(), window.foreignCores()));
  }

  private Window window(String name, LoadPhase phase, int round) throws IOException {
    long answers = mock.count("answers");
    Window window = WindowMeter.measure(phase, target(name), 1, round);
    calls.merge(name, mock.count("answers") - answers, Long::sum);
    Progress.window(window);
    return window;
  }

  private Target target(String name) {
    return Objects.requireNonNull(nodes.get(name), name).target();
  }

  /** All that were made to a node, warming up among them. */
  long calls(String name) {
    return calls.getOrDefault(name, 0L);
  }

  /** Waits, not for ever, until all is told that a load has left to tell. */
  private static void quiet(ProcessMeter meter) throws InterruptedException {
    long limit = System.nanoTime() + QUIET_LIMIT_NANOS;
    int quiet = 0;
    while (quiet < 4 && System.nanoTime() < limit) {
      double before = meter.cpuMicros();
      Thread.sleep(LOOK_MILLIS);
      double cores = (meter.cpuMicros() - before) / (LOOK_MILLIS * 1000.0);
      quiet = cores < QUIET_CORES ? quiet + 1 : 0;
    }
  }

  /** Milliseconds of CPU a second of each node when nobody calls, all looked at together. */
  void idle(Duration time) throws InterruptedException {
    Map<String, ProcessMeter> meters = new LinkedHashMap<>();
    for (Map.Entry<String, ServedNode> node : nodes.entrySet()) {
      var meter = new ProcessMeter(node.getValue().target().process());
      quiet(meter);
      meters.put(node.getKey(), meter);
    }
    meters.forEach((name, meter) -> idle.put(name, -meter.cpuMicros()));
    Thread.sleep(time.toMillis());
    meters.forEach((name, meter) -> idle.merge(name, meter.cpuMicros(), Double::sum));
    idle.replaceAll((name, used) -> used / time.toMillis());
  }

  double idleMillis(String name) {
    return idle.getOrDefault(name, Double.NaN);
  }

  double rssMegabytes(String name) {
    return new ProcessMeter(target(name).process()).rssMegabytes();
  }

  /** CPU time of a request at full speed, µs, by visit. */
  List<Double> cpu(String name) {
    return seen.stream().filter(one -> one.node().equals(name)).map(Seen::cpu).toList();
  }

  long errors() {
    return errors;
  }
}
