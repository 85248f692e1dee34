package dev.infermux.testing;

import dev.infermux.time.Ticker;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes when a test says so, with what is due in it. Both clocks of a program: {@code
 * nanoTime} and the time of day. For one thread.
 */
public final class VirtualTime implements Ticker, InstantSource {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Time time = new Time(this, this, this::start);
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private long nanos;
  private long ids;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos);
  }

  /** What a component takes its time from; timers have whole milliseconds, as Vert.x's have. */
  public Time time() {
    return time;
  }

  /** How much lies between the beginning and a moment of this time of day. */
  public static Duration sinceStart(long epochNanos) {
    return Duration.ofNanos(epochNanos - START.getEpochSecond() * 1_000_000_000L);
  }

  private Timer start(Duration delay, Runnable task) {
    long id = after(Duration.ofMillis(Math.max(1, delay.toMillis())), task);
    return () -> cancel(id);
  }

  /** How much has passed since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** Runs something after a delay; tasks of the same moment run in the order they were given. */
  public long after(Duration delay, Runnable task) {
    Due planned = new Due(nanos + delay.toNanos(), ++ids, task);
    due.add(planned);
    return planned.id;
  }

  public boolean cancel(long id) {
    return due.removeIf(planned -> planned.id == id);
  }

  /** Lets time pass, and runs what falls due. */
  public void pass(Duration duration) {
    long until = nanos + duration.toNanos();
    while (runNext(until)) {
      // The next may have been added by the last.
    }
    nanos = until;
  }

  /** Runs what is due at this moment. */
  public void settle() {
    pass(Duration.ZERO);
  }

  private boolean runNext(long until) {
    @Nullable Due next = due.peek();
    if (next == null || next.atNanos > until) {
      return false;
    }
    due.remove();
    nanos = next.atNanos;
    next.task.run();
    return true;
  }

  private record Due(long atNanos, long id, Runnable task) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atNanos == other.atNanos
          ? Long.compare(id, other.id)
          : Long.compare(atNanos, other.atNanos);
    }
  }
}
