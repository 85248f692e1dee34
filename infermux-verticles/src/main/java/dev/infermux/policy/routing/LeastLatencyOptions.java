package dev.infermux.policy.routing;

/**
 * How {@code least_latency} measures.
 *
 * @param ewmaDecay weight of the newest sample, 0 to 1
 * @param minSamples below which a provider counts as fastest, so that it gets measured
 */
public record LeastLatencyOptions(double ewmaDecay, int minSamples) {
  private static final LeastLatencyOptions DEFAULTS = new LeastLatencyOptions(0.1, 5);

  public static LeastLatencyOptions defaults() {
    return DEFAULTS;
  }

  public LeastLatencyOptions withEwmaDecay(double ewmaDecay) {
    return new LeastLatencyOptions(ewmaDecay, minSamples);
  }

  public LeastLatencyOptions withMinSamples(int minSamples) {
    return new LeastLatencyOptions(ewmaDecay, minSamples);
  }
}
