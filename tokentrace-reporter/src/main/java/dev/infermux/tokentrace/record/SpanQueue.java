package dev.infermux.tokentrace.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finished spans on their way from many threads to one.
 *
 * <p>A ring with two counters that only grow. A producer claims the next place by moving {@code
 * tail}, which it may only while {@code tail - head} is less than the capacity, and then fills it;
 * the consumer empties the place at {@code head} before it moves {@code head} on. So a claimed
 * place is always empty, and a place not yet filled reads as null, which the consumer takes for
 * "nothing yet". No side waits for the other.
 *
 * <p>Closing adds a large number to {@code tail}: from that one atomic step on every producer finds
 * the ring full, and the spans claimed before are known to the last one.
 */
public final class SpanQueue {
  private static final long CLOSED = 1L << 62;

  /** Producers wake the consumer once in so many spans; in between it wakes by itself. */
  private static final long WAKE_EVERY = 256;

  private final AtomicReferenceArray<@Nullable EndedSpan> places;
  private final int mask;
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong head = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();
  private volatile @Nullable Thread consumer;

  /**
   * @param capacity at least 1; the next power of two is used
   */
  public SpanQueue(int capacity) {
    int size = Integer.highestOneBit(Math.max(2, capacity * 2 - 1));
    this.places = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  /** Names the one thread that polls, so that it can be woken. */
  public void consumer(Thread thread) {
    this.consumer = thread;
  }

  /** Queues a span, or counts it as dropped. Any thread. */
  void offer(EndedSpan span) {
    long at = tail.get();
    while (at - head.get() < places.length()) {
      if (tail.compareAndSet(at, at + 1)) {
        places.setRelease((int) at & mask, span);
        if (at % WAKE_EVERY == WAKE_EVERY - 1) {
          LockSupport.unpark(consumer);
        }
        return;
      }
      at = tail.get();
    }
    (at >= CLOSED ? late : refused).increment();
  }

  /** The oldest span, or null when there is none yet. The consumer only. */
  public @Nullable EndedSpan poll() {
    long at = head.get();
    EndedSpan span = places.getAcquire((int) at & mask);
    if (span != null) {
      places.setPlain((int) at & mask, null);
      head.setRelease(at + 1);
    }
    return span;
  }

  /** Refuses spans from now on; those queued can still be polled. */
  public void close() {
    tail.getAndUpdate(at -> at >= CLOSED ? at : at + CLOSED);
    LockSupport.unpark(consumer);
  }

  /** Whether every span that was ever queued has been polled and none can follow. */
  public boolean exhausted() {
    return tail.get() - CLOSED == head.get();
  }

  /** Spans offered so far. */
  public long offered() {
    return queued() + refused() + late();
  }

  /** Spans waiting now. */
  public long waiting() {
    long polled = head.get();
    return Math.max(0, queued() - polled);
  }

  /** Spans dropped because the queue was full. */
  public long refused() {
    return refused.sum();
  }

  /** Spans dropped because they ended after {@link #close}. */
  public long late() {
    return late.sum();
  }

  private long queued() {
    return tail.get() & CLOSED - 1;
  }
}
