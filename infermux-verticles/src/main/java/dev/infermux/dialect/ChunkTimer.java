package dev.infermux.dialect;

import dev.infermux.inference.Chunks;
import dev.infermux.time.Ticker;

/** Counts the pieces of content of one stream as they come, and when. One thread. */
public final class ChunkTimer {

  private final Ticker ticker;
  private long count;
  private long firstNanos;
  private long lastNanos;

  public ChunkTimer(Ticker ticker) {
    this.ticker = ticker;
  }

  /** An event with content came; to be called once for each. */
  public void tick() {
    lastNanos = ticker.nanos();
    firstNanos = count++ == 0 ? lastNanos : firstNanos;
  }

  /** Whether content has come. */
  public boolean ticked() {
    return count > 0;
  }

  /** When the first content came, on the ticker; 0 = none has. */
  public long firstNanos() {
    return firstNanos;
  }

  /** What came by now. */
  public Chunks chunks() {
    return new Chunks(count, lastNanos - firstNanos);
  }
}
