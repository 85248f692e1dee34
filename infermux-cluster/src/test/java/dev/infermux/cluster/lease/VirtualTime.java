package dev.infermux.cluster.lease;

import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A clock that stands still but for what is planned. */
final class VirtualTime {

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private final long startMillis;
  private long now;
  private long order;

  VirtualTime(Instant start) {
    this.startMillis = start.toEpochMilli();
  }

  long nanos() {
    return now;
  }

  long millis() {
    return startMillis + now / 1_000_000;
  }

  /** The time of a node whose clock is ahead, whose timers run as long as it lives. */
  Time time(BooleanSupplier living, Duration ahead) {
    InstantSource clock = () -> Instant.ofEpochMilli(millis()).plus(ahead);
    return new Time(() -> now, clock, (delay, task) -> start(delay, task, living));
  }

  private Timer start(Duration delay, Runnable task, BooleanSupplier living) {
    Planned plan =
        after(
            Math.max(1_000_000, delay.toNanos()),
            () -> {
              if (living.getAsBoolean()) {
                task.run();
              }
            });
    return () -> plan.cancelled = true;
  }

  Planned after(long nanos, Runnable task) {
    Planned plan = new Planned(now + nanos, order++, task);
    planned.add(plan);
    return plan;
  }

  /** Runs everything up to a moment. */
  void runUntil(long nanos) {
    while (!planned.isEmpty() && planned.peek().at <= nanos) {
      Planned next = planned.poll();
      now = Math.max(now, next.at);
      if (!next.cancelled) {
        next.task.run();
      }
    }
    now = Math.max(now, nanos);
  }

  void run(Duration length) {
    runUntil(now + length.toNanos());
  }

  /** A task and its moment. */
  static final class Planned implements Comparable<Planned> {
    private final long at;
    private final long order;
    private final Runnable task;
    private boolean cancelled;

    Planned(long at, long order, Runnable task) {
      this.at = at;
      this.order = order;
      this.task = task;
    }

    @Override
    public int compareTo(Planned other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }
}
