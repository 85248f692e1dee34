package dev.infermux.policy.routing;

import java.util.List;

/** The latencies of all providers, for comparing one with the others. Safe on any thread. */
public final class LatencyPeers {

  private volatile List<Latency> all = List.of();

  /** From now on these are all. */
  public void replace(List<Latency> latencies) {
    all = List.copyOf(latencies);
  }

  /** The average answer of the slowest other provider, in nanoseconds; 0 when none answered yet. */
  double slowestOther(Latency self) {
    double slowest = 0;
    for (Latency latency : all) {
      if (!latency.equals(self)) {
        slowest = Math.max(slowest, latency.answeredNanos());
      }
    }
    return slowest;
  }
}
