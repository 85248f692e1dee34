package dev.infermux.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The account of the bytes that this process holds for others. Whoever is about to buffer more asks
 * first, and gives back what it took on every end. Counting allocates nothing.
 *
 * <p>A few large holders cannot shut the small ones out: what a single one takes beyond 64 KiB has
 * to fit into seven eighths of the limit. Safe on any thread.
 */
public final class BufferedBytes {

  /** What each holder may have of the whole limit. */
  private static final long SMALL = 64 << 10;

  private volatile long limit;
  private final AtomicLong held = new AtomicLong();
  private final EnumMap<BufferedKind, LongAdder> byKind = new EnumMap<>(BufferedKind.class);
  private final LongAdder refusals = new LongAdder();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Whether tasks may wait: cheaper to ask, with every release, than the queue is. */
  private volatile boolean awaited;

  private volatile Runnable onRefusal = () -> {};

  /** An account with nothing in it. */
  public BufferedBytes(long limit) {
    this.limit = limit;
    for (BufferedKind kind : BufferedKind.values()) {
      byKind.put(kind, new LongAdder());
    }
  }

  /** An account of its own that refuses nothing: for what stands alone. */
  public static BufferedBytes unlimited() {
    return new BufferedBytes(Long.MAX_VALUE);
  }

  /**
   * Takes room for a holder that has some already; false, and nothing is taken, when there is none.
   *
   * @param before what this holder has taken by now
   */
  public boolean take(BufferedKind kind, long more, long before) {
    if (more <= 0) {
      hold(kind, more);
      return true;
    }
    if (!fits(more, before + more > SMALL ? limitOfLarge() : limit)) {
      refusals.increment();
      onRefusal.run();
      return false;
    }
    of(kind).add(more);
    return true;
  }

  /** Never counts what does not fit, not even for a moment: others would find no room. */
  private boolean fits(long more, long room) {
    long now = held.get();
    while (more <= room - now) {
      if (held.compareAndSet(now, now + more)) {
        return true;
      }
      now = held.get();
    }
    return false;
  }

  /** Counts bytes that are there already, or no longer are: room or not. */
  public void hold(BufferedKind kind, long more) {
    if (more != 0) {
      held.addAndGet(more);
      of(kind).add(more);
      if (more < 0) {
        wake();
      }
    }
  }

  /** What was counted as one kind is of another from now on; in between it is not free. */
  public void move(BufferedKind from, BufferedKind to, long bytes) {
    of(from).add(-bytes);
    of(to).add(bytes);
  }

  /** Gives back what was taken or held. */
  public void release(BufferedKind kind, long bytes) {
    hold(kind, -bytes);
  }

  /** Runs a task once there is room for large holders, at once if there is; on any thread. */
  public void whenRoom(Runnable task) {
    waiting.add(task);
    awaited = true;
    wake();
  }

  private void wake() {
    if (!awaited || held.get() > limitOfLarge()) {
      return;
    }
    awaited = false; // before the first look at the queue: a task added from now on says so anew
    try {
      for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
        task.run();
      }
    } finally {
      // One that throws leaves the others to whoever gives something back next.
      if (!waiting.isEmpty()) {
        awaited = true;
      }
    }
  }

  /** What to do, besides, when there was no room. */
  public void onRefusal(Runnable task) {
    onRefusal = task;
  }

  public long limit() {
    return limit;
  }

  /** Changes it; what is held stays, however much it is. */
  public void limit(long bytes) {
    limit = bytes;
    wake();
  }

  private long limitOfLarge() {
    long all = limit;
    return all - all / 8;
  }

  public long held() {
    return held.get();
  }

  public long held(BufferedKind kind) {
    return of(kind).sum();
  }

  /** How often there was no room. */
  public long refusals() {
    return refusals.sum();
  }

  /** What is held, by what it is of, as metrics and logs name it. */
  public Map<String, Long> byKind() {
    return byKind.entrySet().stream()
        .collect(Collectors.toMap(one -> one.getKey().wireName(), one -> one.getValue().sum()));
  }

  private LongAdder of(BufferedKind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  /** For a log: {@code 230 of 256 MB (requests 200, answers 25, ...)}. */
  @Override
  public String toString() {
    return "buffered "
        + megabytes(held.get())
        + " of "
        + megabytes(limit)
        + " MB ("
        + byKind.entrySet().stream()
            .map(one -> one.getKey().wireName() + ' ' + megabytes(one.getValue().sum()))
            .collect(Collectors.joining(", "))
        + ')';
  }

  private static long megabytes(long bytes) {
    return bytes / 1_000_000;
  }
}
