package dev.infermux.benchmarks.load;

import java.time.Duration;

/**
 * One run of the load generator.
 *
 * @param lead run-up that is not measured: connecting, filling
 * @param measure what is measured
 */
public record LoadPlan(LoadCall call, int connections, Pace pace, Duration lead, Duration measure) {

  boolean holds() {
    return pace instanceof Pace.Hold;
  }
}
