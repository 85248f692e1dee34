package dev.infermux.events.metrics;

import dev.infermux.time.Time;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How late event loops run what is due: what a blocked or overloaded loop adds to everything on it.
 * Each loop is measured by a timer of its own, which ends with the verticle that started it.
 * Thread-safe.
 */
public final class EventLoopLag {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] BUCKETS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final Time time;
  private final Histogram lag;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();

  /** Registers the metrics; {@code time} measures and has the timers. */
  public EventLoopLag(Metrics metrics, Time time) {
    this.time = time;
    this.lag =
        Histogram.builder()
            .name("infermux_event_loop_lag_seconds")
            .help("How late an event loop ran a timer.")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .withoutExemplars()
            .register(metrics.registry());
    metrics.gauge(
        "infermux_event_loop_stalled_seconds",
        "For how long the event loop that is latest now has not run what is due.",
        this::stalled);
  }

  /** Measures the event loop of the caller from now on. */
  public void watch() {
    Loop loop = new Loop(time.nanos());
    loops.add(loop);
    loop.arm();
  }

  /** For how long the event loop that is latest now has not run what is due, in seconds. */
  public double stalled() {
    long now = time.nanos();
    long latest = 0;
    for (Loop loop : loops) {
      latest = Math.max(latest, now - loop.due);
    }
    return latest / NANOS_PER_SECOND;
  }

  /** One event loop; only it writes. */
  private final class Loop {

    private volatile long due;

    Loop(long now) {
      this.due = now;
    }

    void arm() {
      due = time.nanos() + PERIOD.toNanos();
      time.timers().start(PERIOD, this::run);
    }

    private void run() {
      lag.observe(Math.max(0, time.nanos() - due) / NANOS_PER_SECOND);
      arm();
    }
  }
}
