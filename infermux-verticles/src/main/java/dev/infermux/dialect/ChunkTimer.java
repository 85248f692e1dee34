package dev.infermux.dialect;

import dev.infermux.inference.Chunks;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;

/** Counts the pieces of content of one stream as they come, and when. One thread. */
public final class ChunkTimer {

  private final Ticker ticker;
  private long count;
  private long firstNanos;
  private long lastNanos;
  private Chunks.@Nullable Intervals intervals;

  public ChunkTimer(Ticker ticker) {
    this.ticker = ticker;
  }

  /** An event with content came; to be called once for each. */
  public void tick() {
    long now = ticker.nanos();
    if (count++ == 0) {
      firstNanos = now;
    } else {
      passed(now - lastNanos);
    }
    lastNanos = now;
  }

  private void passed(long nanos) {
    if (intervals == null) {
      intervals = new Chunks.Intervals();
    }
    intervals.add(nanos);
  }

  /** Whether content has come. */
  public boolean ticked() {
    return count > 0;
  }

  /** When the first content came, on the ticker; 0 = none has. */
  public long firstNanos() {
    return firstNanos;
  }

  /** What came; nothing is counted after that. */
  public Chunks chunks() {
    return new Chunks(count, intervals);
  }
}
