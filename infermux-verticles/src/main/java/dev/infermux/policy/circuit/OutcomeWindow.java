package dev.infermux.policy.circuit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one provider did lately, and whether that opens its circuit.
 *
 * <p>A ring of sixty steps, each a sixtieth of the window long (a second of the usual minute): the
 * window moves on step by step, so it holds the last 59 to 60 sixtieths. Recording allocates
 * nothing. Times are those of one {@code nanoTime}; one that is a little older than the newest
 * counts as the newest. Safe on any thread: under a short lock that calls nothing outside.
 */
final class OutcomeWindow {

  private static final int STEPS = 60;

  private final CircuitOptions options;
  private final long tooSlowNanos;
  private final long startNanos;
  private final long stepNanos;
  private final OutcomeCounts[] steps = new OutcomeCounts[STEPS];
  private final OutcomeCounts total = new OutcomeCounts();
  private long step;

  /** Failures since the last success, as far as they are still in the window. */
  private int failuresInARow;

  /** Until then others have found the provider failing, so that less evidence is needed here. */
  private long alertedUntil;

  public OutcomeWindow(CircuitOptions options, long nowNanos) {
    this.options = options;
    Duration latency = options.latencyP95();
    this.tooSlowNanos = latency == null ? Long.MAX_VALUE : latency.toNanos();
    this.startNanos = nowNanos;
    this.alertedUntil = nowNanos;
    this.stepNanos = Math.max(1, options.window().toNanos() / STEPS);
    for (int i = 0; i < STEPS; i++) {
      steps[i] = new OutcomeCounts();
    }
  }

  /** Adds a success; why the circuit has to open now, or null. */
  public synchronized @Nullable CircuitReason succeeded(long nowNanos, long latencyNanos) {
    advance(nowNanos);
    boolean tooSlow = latencyNanos > tooSlowNanos;
    current().addSuccess(latencyNanos, tooSlow);
    total.addSuccess(latencyNanos, tooSlow);
    failuresInARow = 0;
    return reasonToOpen(nowNanos);
  }

  /** Adds a failure; why the circuit has to open now, or null. */
  public synchronized @Nullable CircuitReason failed(long nowNanos) {
    advance(nowNanos);
    current().addFailure();
    total.addFailure();
    failuresInARow++;
    return reasonToOpen(nowNanos);
  }

  /**
   * Others have found the provider failing: for so long half of the samples, or one failure, is
   * enough. It opens nothing by itself: only what is recorded from now on can.
   */
  public synchronized void alert(long nowNanos, long forNanos) {
    alertedUntil = nowNanos + forNanos;
  }

  /** What the window holds now, beside the state that the caller knows. */
  public synchronized CircuitView view(
      long nowNanos, CircuitState state, @Nullable Instant openedAt, @Nullable Instant recoveryAt) {
    advance(nowNanos);
    return new CircuitView(
        state, total.samples(), total.errorRate(), total.p95Millis(), openedAt, recoveryAt);
  }

  private @Nullable CircuitReason reasonToOpen(long nowNanos) {
    boolean alerted = alertedUntil - nowNanos > 0;
    int enough = alerted ? (options.minRequests() + 1) / 2 : options.minRequests();
    int inARow = alerted ? 1 : options.consecutiveFailures();
    if (total.samples() >= enough && total.errorRate() > options.errorRateThreshold()) {
      return CircuitReason.ERROR_RATE;
    }
    if (failuresInARow >= inARow) {
      return CircuitReason.CONSECUTIVE_FAILURES;
    }
    return total.succeeded() >= enough && total.p95Slow() ? CircuitReason.LATENCY_P95 : null;
  }

  private OutcomeCounts current() {
    return steps[(int) (step % STEPS)];
  }

  private void advance(long nowNanos) {
    long now = (nowNanos - startNanos) / stepNanos;
    if (now <= step) {
      return;
    }
    long oldest = Math.max(step + 1, now - STEPS + 1);
    for (long entered = oldest; entered <= now; entered++) {
      OutcomeCounts left = steps[(int) (entered % STEPS)];
      if (left.samples() > 0) {
        total.subtract(left);
        left.clear();
      }
    }
    step = now;
    // A row is made of the newest outcomes, so of a row that began earlier these are left.
    failuresInARow = Math.min(failuresInARow, total.failed());
  }
}
