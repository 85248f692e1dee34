package dev.infermux.benchmarks.run;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often is measured.
 *
 * @param launches starts of the gateway: a JVM settles differently at each
 * @param rounds visits of every target in each phase and launch
 * @param window length of one measurement
 * @param held open streams, a phase each
 * @param warmUp the longest time to warm a gateway up
 */
record Effort(int launches, int rounds, Duration window, List<Integer> held, Duration warmUp) {
  static final Effort FULL =
      new Effort(3, 2, Duration.ofSeconds(4), List.of(1000, 5000), Duration.ofSeconds(90));
  static final Effort QUICK =
      new Effort(1, 1, Duration.ofSeconds(2), List.of(1000, 5000), Duration.ofSeconds(35));

  Effort withLaunches(int number) {
    return new Effort(number, rounds, window, held, warmUp);
  }

  Effort withWarmUp(Duration limit) {
    return new Effort(launches, rounds, window, held, limit);
  }

  Effort withRounds(int number) {
    return new Effort(launches, number, window, held, warmUp);
  }
}
