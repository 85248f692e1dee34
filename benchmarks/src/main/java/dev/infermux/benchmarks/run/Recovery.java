package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that shares its budget, ended in the middle of its calls and started again: seconds from
 * the launch to ready, where it was killed and has to settle what it left, and where it was ended
 * by an operator.
 */
final class Recovery {
  private static final Duration LOAD = Duration.ofSeconds(2);
  private static final long UNTIL_KILLED_MILLIS = 1_500;

  private final MockProcess mock;
  private final ServedNode node;
  private final int rate;
  private final List<Double> killed = new ArrayList<>();
  private final List<Double> left = new ArrayList<>();

  Recovery(MockProcess mock, ServedNode node, int rate) {
    this.mock = mock;
    this.node = node;
    this.rate = rate;
  }

  void run(int times) throws IOException, InterruptedException {
    node.launch();
    node.awaitReady();
    for (int i = 0; i < times; i++) {
      load(LoadPhase.rated(1, rate, LOAD));
      node.gateway().terminate();
      node.close();
      node.launch();
      left.add(node.awaitReady());
      load(LoadPhase.rated(1, rate, LOAD));
      Thread streams = underWay();
      Thread.sleep(UNTIL_KILLED_MILLIS);
      node.gateway().kill();
      streams.join();
      node.close();
      node.launch();
      killed.add(node.awaitReady());
    }
  }

  /** With what was in flight to be settled. */
  List<Double> killed() {
    return killed;
  }

  List<Double> left() {
    return left;
  }

  private void load(LoadPhase phase) throws IOException {
    mock.settings(phase.mock());
    WindowMeter.measure(phase, node.target(), 0, 0);
  }

  private Thread underWay() throws IOException {
    LoadPhase phase = LoadPhase.streams(LOAD);
    mock.settings(phase.mock());
    Target target = node.target();
    Thread thread =
        new Thread(
            () -> {
              try {
                WindowMeter.measure(phase, target, 0, 0);
              } catch (IOException | IllegalStateException killed) {
                // That is what it is for.
              }
            },
            "streams");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
