package dev.infermux.policy.routing;

import dev.infermux.time.Ticker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The moving average of one provider's response times, and who measures it.
 *
 * <p>A provider without a current average, because it has too few samples or was not asked for a
 * minute, is measured by one call at a time. Safe on any thread.
 */
public final class Latency {

  /** How long an average counts when no call goes to the provider. */
  private static final long MAX_AGE_NANOS = 60_000_000_000L;

  /** How long a call that was chosen to measure may take to reach the provider. */
  private static final long CLAIM_NANOS = 1_000_000_000L;

  /** The least weight of a sample that brings an old average up to date. */
  private static final double REFRESH_WEIGHT = 0.5;

  private static final Mean NONE = new Mean(0, 0);

  private final LeastLatencyOptions options;
  private final Ticker ticker;
  private final LatencyPeers peers;
  private final AtomicReference<Mean> mean = new AtomicReference<>(NONE);
  private final AtomicReference<Mean> answers = new AtomicReference<>(NONE);
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong claimed;
  private volatile long asked;
  private volatile boolean refresh;

  /**
   * Makes one without samples.
   *
   * @param peers those of all providers, this one among them
   */
  public Latency(LeastLatencyOptions options, Ticker ticker, LatencyPeers peers) {
    this.options = options;
    this.ticker = ticker;
    this.peers = peers;
    this.asked = ticker.nanos();
    this.claimed = new AtomicLong(asked - CLAIM_NANOS - 1);
  }

  /**
   * What {@code least_latency} compares: the average in nanoseconds, 0 for a provider that wants
   * measuring, {@link RoutingStrategy#UNKNOWN} while a call measures one that has no average.
   */
  public double score() {
    Mean now = valueOf(mean);
    boolean cold = cold(now);
    if (!cold && ticker.nanos() - asked <= MAX_AGE_NANOS) {
      return now.nanos;
    } else if (measuring()) {
      return cold ? RoutingStrategy.UNKNOWN : now.nanos;
    }
    return 0;
  }

  /** The average of its answers alone, in nanoseconds; 0 before the first. */
  public double answeredNanos() {
    return valueOf(answers).nanos;
  }

  /**
   * A call was chosen for this provider.
   *
   * @param overdue other providers had so many calls meanwhile that this one is measured anew
   * @return false when the call is one too many: another one measures already
   */
  public boolean claim(boolean overdue) {
    long now = ticker.nanos();
    boolean aged = overdue || now - asked > MAX_AGE_NANOS;
    if (!aged && !cold(valueOf(mean))) {
      asked = now;
      return true;
    }
    long before = claimed.get();
    if (measuring() || !claimed.compareAndSet(before, now)) {
      return false;
    }
    asked = now;
    refresh |= aged;
    return true;
  }

  /** An attempt goes out; {@link #answered}, {@link #failed} or {@link #ignored} follows. */
  public void started() {
    pending.incrementAndGet();
  }

  /** It took so long to the whole answer, or to a stream's first content. */
  public void answered(long nanos) {
    answers.updateAndGet(before -> before.with(nanos, options.ewmaDecay()));
    record(nanos);
    measured();
  }

  /** It failed after so long, before its answer began. */
  public void failed(long nanos) {
    broke(nanos);
    measured();
  }

  /**
   * An answer that had begun failed: its time counts, or twice the average answer of the slowest
   * other provider, so that failing fast is not being fast.
   */
  public void broke(long nanos) {
    record(Math.max(nanos, (long) (2 * peers.slowestOther(this))));
  }

  /** It ended for a reason that says nothing of the provider. */
  public void ignored() {
    measured();
  }

  private void record(long nanos) {
    double least = refresh ? REFRESH_WEIGHT : 0;
    refresh = false;
    double weight = Math.max(options.ewmaDecay(), least);
    mean.updateAndGet(before -> before.with(nanos, weight));
  }

  private void measured() {
    pending.decrementAndGet();
    claimed.set(ticker.nanos() - CLAIM_NANOS - 1);
  }

  private boolean cold(Mean now) {
    return now.samples < options.minSamples();
  }

  /** Whether an attempt whose time is not known yet measures it. */
  public boolean measuring() {
    return pending.get() > 0 || ticker.nanos() - claimed.get() <= CLAIM_NANOS;
  }

  private static Mean valueOf(AtomicReference<Mean> mean) {
    return Objects.requireNonNull(mean.get());
  }

  /** An average and how many samples it is of. */
  private record Mean(double nanos, long samples) {
    Mean with(long sample, double weight) {
      double next = samples == 0 ? sample : nanos + weight * (sample - nanos);
      return new Mean(next, samples + 1);
    }
  }
}
