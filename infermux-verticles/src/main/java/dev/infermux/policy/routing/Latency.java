package dev.infermux.policy.routing;

import java.util.concurrent.atomic.AtomicReference;

/** The moving average of one provider's successful response times. Safe on any thread. */
public final class Latency {

  private static final Mean NONE = new Mean(0, 0);

  private final LeastLatencyOptions options;
  private final AtomicReference<Mean> mean = new AtomicReference<>(NONE);

  public Latency(LeastLatencyOptions options) {
    this.options = options;
  }

  /** Adds one sample: time to the whole answer, or to a stream's first token. */
  public void record(long nanos) {
    mean.updateAndGet(before -> before.with(nanos, options.ewmaDecay()));
  }

  /** The average in nanoseconds; 0, and so preferred, below {@code min_samples}. */
  public double nanos() {
    Mean now = now();
    return now.samples < options.minSamples() ? 0 : now.nanos;
  }

  /** The average of however many samples; 0 without any. */
  public double measuredNanos() {
    return now().nanos;
  }

  /** Forgets all samples, so that the provider gets measured anew. */
  public void forget() {
    mean.set(NONE);
  }

  private Mean now() {
    return java.util.Objects.requireNonNull(mean.get());
  }

  /** An average and how many samples it is of. */
  private record Mean(double nanos, long samples) {
    Mean with(long sample, double decay) {
      double next = samples == 0 ? sample : nanos + decay * (sample - nanos);
      return new Mean(next, samples + 1);
    }
  }
}
