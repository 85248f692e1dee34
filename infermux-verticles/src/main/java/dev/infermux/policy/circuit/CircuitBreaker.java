package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a provider may be called now. Safe on any thread.
 *
 * <p>Closed: all attempts are admitted, and their outcomes fill a sliding window; error rate,
 * failures in a row or p95 latency open the circuit. Open: none is admitted until the wait is over.
 * Half-open: one is admitted, the probe. Its success closes the circuit with a clean window, its
 * failure or silence opens it again for longer, and an ignored one is followed by another probe.
 *
 * <p>The state is one {@link BreakerState}, replaced as a whole. An outcome belongs to the state
 * that admitted it, and changes nothing once that has passed. All changes run in turn, without a
 * lock: the listener hears of a change before it becomes visible. One that is asked for while
 * another thread is in the middle of a change follows right after it.
 */
public final class CircuitBreaker {

  private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

  /** The shortest timer. */
  private static final Duration ONE_TICK = Duration.ofMillis(1);

  private final CircuitBreakers breakers;
  private final String provider;
  private final String model;
  private final CircuitOptions options;
  private final SerialExecutor changes = new SerialExecutor();

  private volatile BreakerState state;

  /** In a row. Touched in {@link #changes} only. */
  private int failedProbes;

  /**
   * @param model whose attempts alone go through it; empty where all of the provider's do
   */
  CircuitBreaker(CircuitBreakers breakers, String provider, String model, CircuitOptions options) {
    this.breakers = breakers;
    this.provider = provider;
    this.model = model;
    this.options = options;
    this.state = new ClosedState(this, cleanWindow());
  }

  /** Why an attempt would be refused now; null when it would be admitted. */
  public @Nullable Exclusion exclusion() {
    return state.exclusion();
  }

  /** Takes leave for one attempt; null when refused. */
  public @Nullable Permit enter() {
    return state.enter();
  }

  /** How it stands. While it is not closed, the figures are those that led there, and fade. */
  public CircuitView view() {
    return state.view(nanoTime());
  }

  /**
   * Opens by hand, until closed by hand or the recovery window has passed. An open circuit stays
   * open for at least that long; waits begin to grow from the recovery window again.
   */
  public void open() {
    inTurn(
        () -> {
          failedProbes = 0;
          Duration wait = options.recoveryWait(0);
          if (state instanceof OpenState open) {
            wait = longer(wait, Duration.between(breakers.clock().instant(), open.recoveryAt()));
          }
          open(wait, CircuitReason.MANUAL);
        });
  }

  /** Closes by hand, without a probe and with a clean window. Does nothing to a closed circuit. */
  public void close() {
    inTurn(
        () -> {
          if (!(state instanceof ClosedState)) {
            close(CircuitReason.MANUAL);
          }
        });
  }

  /** Closes, and forgets all statistics and how long the waits have grown. */
  public void reset() {
    inTurn(
        () -> {
          failedProbes = 0;
          if (state instanceof ClosedState) {
            state = new ClosedState(this, cleanWindow());
          } else {
            close(CircuitReason.MANUAL);
          }
        });
  }

  /**
   * The provider's circuit has opened at another node: for one recovery window half of the evidence
   * is enough here. What others say opens nothing, and a circuit that is not closed has evidence of
   * its own.
   */
  public void alert() {
    if (state instanceof ClosedState closed) {
      closed.window().alert(nanoTime(), options.recoveryWindow().toNanos());
    }
  }

  boolean isIn(BreakerState asked) {
    return state == asked;
  }

  long nanoTime() {
    return breakers.ticker().nanos();
  }

  /** Runs something between two changes. */
  void inTurn(Runnable task) {
    changes.run(task);
  }

  /** Opens the circuit when the window of a closed state gives a reason. */
  void trip(ClosedState from, CircuitReason reason) {
    inTurn(
        () -> {
          if (isIn(from)) {
            open(options.recoveryWait(failedProbes), reason);
          }
        });
  }

  /** Takes the verdict on the probe of a half-open state. */
  void judge(HalfOpenState from, boolean succeeded) {
    inTurn(
        () -> {
          ProbePermit probe = from.probe();
          if (!isIn(from) || probe == null) {
            return;
          }
          if (succeeded) {
            failedProbes = 0;
            probe.followedBy(close(CircuitReason.PROBE_OK));
          } else if (probe.wasIgnored()) {
            admitAnother(from);
          } else {
            failedProbes++;
            open(options.recoveryWait(failedProbes), CircuitReason.PROBE_FAILED);
          }
        });
  }

  private void open(Duration wait, CircuitReason reason) {
    Instant now = breakers.clock().instant();
    OutcomeWindow window = lastWindow();
    HalfOpenTimer timer = begin(wait, this::halfOpen);
    change(new OpenState(timer, window, now, now.plus(wait)), reason);
  }

  private void halfOpen(HalfOpenTimer waited) {
    if (state instanceof OpenState open && open.recovery() == waited) {
      change(
          new HalfOpenState(this, waited, open.window(), open.openedAt()),
          CircuitReason.RECOVERY_WINDOW);
    }
  }

  /** After an ignored probe: the same state with a new timer, which admits another. */
  private void admitAnother(HalfOpenState from) {
    begin(
        ONE_TICK,
        waited -> {
          if (isIn(from)) {
            state = from.with(waited);
          }
        });
  }

  private ClosedState close(CircuitReason reason) {
    ClosedState closed = new ClosedState(this, cleanWindow());
    change(closed, reason);
    return closed;
  }

  private HalfOpenTimer begin(Duration wait, Consumer<HalfOpenTimer> then) {
    return breakers
        .timers()
        .begin(provider, wait, options.probeTimeout(), waited -> inTurn(() -> then.accept(waited)));
  }

  private void change(BreakerState to, CircuitReason reason) {
    Instant recoveryAt = to instanceof OpenState open ? open.recoveryAt() : null;
    try {
      breakers
          .onChange()
          .accept(
              new CircuitChange(provider, model, state.state(), to.state(), reason, recoveryAt));
    } catch (Throwable thrown) {
      LOG.warn("a listener of circuit {} failed", provider, thrown);
    }
    state = to;
  }

  private OutcomeWindow cleanWindow() {
    return new OutcomeWindow(options, nanoTime());
  }

  private OutcomeWindow lastWindow() {
    BreakerState now = state;
    if (now instanceof ClosedState closed) {
      return closed.window();
    }
    if (now instanceof HalfOpenState halfOpen) {
      return halfOpen.window();
    }
    return ((OpenState) now).window();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
