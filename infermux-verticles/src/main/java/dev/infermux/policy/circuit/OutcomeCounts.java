package dev.infermux.policy.circuit;

import java.util.Arrays;

/** Outcomes of a stretch of time. Not thread-safe. */
final class OutcomeCounts {

  private final int[] latencies = new int[LatencyScale.BUCKETS];
  private int succeeded;
  private int slow;
  private int failed;

  void addSuccess(long latencyNanos, boolean tooSlow) {
    succeeded++;
    latencies[LatencyScale.bucket(latencyNanos)]++;
    if (tooSlow) {
      slow++;
    }
  }

  void addFailure() {
    failed++;
  }

  void subtract(OutcomeCounts other) {
    succeeded -= other.succeeded;
    slow -= other.slow;
    failed -= other.failed;
    for (int bucket = 0; bucket < latencies.length; bucket++) {
      latencies[bucket] -= other.latencies[bucket];
    }
  }

  void clear() {
    succeeded = 0;
    slow = 0;
    failed = 0;
    Arrays.fill(latencies, 0);
  }

  int samples() {
    return succeeded + failed;
  }

  int succeeded() {
    return succeeded;
  }

  int failed() {
    return failed;
  }

  double errorRate() {
    return samples() == 0 ? 0 : (double) failed / samples();
  }

  /**
   * Whether the 95th percentile is among the slow ones. Exact, independent of the latency scale.
   */
  boolean p95Slow() {
    return succeeded - slow < rankOfP95();
  }

  /** The 95th percentile of the successes by nearest rank; 0 without any. */
  long p95Millis() {
    long below = rankOfP95();
    for (int bucket = 0; bucket < latencies.length && below > 0; bucket++) {
      below -= latencies[bucket];
      if (below <= 0) {
        return LatencyScale.millis(bucket);
      }
    }
    return 0;
  }

  private long rankOfP95() {
    return (95L * succeeded + 99) / 100;
  }
}
