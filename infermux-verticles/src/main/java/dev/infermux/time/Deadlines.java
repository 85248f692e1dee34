package dev.infermux.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls back each watch without a sign of life for one fixed time, at most a sixty-fourth of it
 * late.
 *
 * <p>All watches share the limit, so the list from longest to shortest unheard is also the order in
 * which they fall due. One timer in all is armed, for the head of the list. A sign of life relinks
 * its watch only when it comes more than a sixty-fourth of the limit after the last that did:
 * streams have one for each packet. Used on one event loop only.
 */
public final class Deadlines {

  private final Time time;
  private final Duration limit;
  private final long limitNanos;
  private final long orderNanos;
  private final Watch list = new Watch(() -> {});
  private @Nullable Timer timer;

  public Deadlines(Time time, Duration limit) {
    this.time = time;
    this.limit = limit;
    this.limitNanos = limit.toNanos();
    this.orderNanos = limitNanos / 64;
    list.before = list;
    list.after = list;
  }

  public Duration limit() {
    return limit;
  }

  /** Starts a watch; {@code late} runs at most once, and never after it was stopped. */
  public Watch watch(Runnable late) {
    Watch watch = new Watch(late);
    watch.touch();
    return watch;
  }

  /** Whether there is no watch. */
  public boolean isEmpty() {
    return first() == list;
  }

  public void close() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm(long nanos) {
    timer = time.timers().start(Duration.ofMillis((nanos + 999_999) / 1_000_000), this::due);
  }

  private void due() {
    timer = null;
    long now = time.nanos();
    try {
      while (first() != list && now - first().heard >= limitNanos) {
        Watch late = first();
        late.stop();
        late.late.run();
      }
    } finally {
      // One that throws must not keep the others from theirs.
      if (first() != list && timer == null) {
        arm(Math.max(1, first().heard + limitNanos - now));
      }
    }
  }

  private Watch first() {
    return linked(list.after);
  }

  private static Watch linked(@Nullable Watch watch) {
    if (watch == null) {
      throw new IllegalStateException("the list's own end is always linked");
    }
    return watch;
  }

  /** One party being watched. */
  public final class Watch {
    private final Runnable late;
    private @Nullable Watch before;
    private @Nullable Watch after;
    private long heard;
    private long linkedNanos;

    private Watch(Runnable late) {
      this.late = late;
    }

    /** Starts the time anew, also for a watch that was stopped. */
    public void touch() {
      heard = time.nanos();
      if (after == null || heard - linkedNanos > orderNanos) {
        stop();
        link();
      }
    }

    private void link() {
      linkedNanos = heard;
      Watch last = linked(list.before);
      before = last;
      after = list;
      last.after = this;
      list.before = this;
      if (timer == null) {
        arm(limitNanos);
      }
    }

    /** For how long there was no sign of life. */
    public long unheardNanos() {
      return time.nanos() - heard;
    }

    /** Idempotent. */
    public void stop() {
      if (after != null && before != null) {
        before.after = after;
        after.before = before;
        after = null;
        before = null;
      }
    }
  }
}
