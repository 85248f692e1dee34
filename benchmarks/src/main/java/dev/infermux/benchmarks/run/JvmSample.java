package dev.infermux.benchmarks.run;

import java.util.List;

/**
 * What a window showed of the target's JVM.
 *
 * @param garbageBytes allocated in the measured part; NaN where it was not asked, since asking
 *     would disturb the latencies
 * @param pausesMillis of its collector
 * @param liveMb in its heap after a full collection at the end; NaN where it was not asked
 */
record JvmSample(double garbageBytes, List<Double> pausesMillis, double liveMb) {
  /** Of a target that is no JVM, or none that lets itself be asked. */
  static final JvmSample NONE = new JvmSample(Double.NaN, List.of(), Double.NaN);

  JvmSample {
    pausesMillis = List.copyOf(pausesMillis);
  }
}
