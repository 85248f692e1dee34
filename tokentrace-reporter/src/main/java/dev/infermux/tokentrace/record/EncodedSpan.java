package dev.infermux.tokentrace.record;

import org.jspecify.annotations.Nullable;

/**
 * A span that was encoded when it ended. What waits to be sent is one array and nothing that it
 * refers to; the array of one that has been sent is written anew, so that waiting spans grow old
 * and no collection copies them.
 */
public final class EncodedSpan implements EndedSpan {

  /** What one large span made of it is not kept. */
  private static final int LARGEST_KEPT = 2048;

  private static final int FIRST = 512;
  private static final byte[] NOTHING = {};
  private static final EncodedSpan UNSAMPLED = new EncodedSpan(false, null, null);

  private final boolean sampled;
  private final @Nullable RuntimeException unreadable;
  private final @Nullable SpareSpans home;
  private byte[] bytes = NOTHING;
  private int length;
  private boolean lent;

  private EncodedSpan(
      boolean sampled, @Nullable RuntimeException unreadable, @Nullable SpareSpans home) {
    this.sampled = sampled;
    this.unreadable = unreadable;
    this.home = home;
  }

  /** A span that is counted, and sent nowhere. */
  static EncodedSpan unsampled() {
    return UNSAMPLED;
  }

  /** A span of which the facts could not be read. */
  static EncodedSpan unreadable(RuntimeException cause) {
    return new EncodedSpan(true, cause, null);
  }

  /** A span to be written: one that was given back, where there is one. */
  static EncodedSpan lent(SpareSpans home) {
    EncodedSpan spare = home.take();
    EncodedSpan span = spare == null ? new EncodedSpan(true, null, home) : spare;
    span.lent = true;
    return span;
  }

  /** Room for so many bytes, which are written from the first on. */
  byte[] room(int needed) {
    if (needed > bytes.length) {
      bytes = new byte[Math.max(needed, FIRST)];
    }
    length = needed;
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Its bytes, and after the first {@link #length} others. */
  public byte[] bytes() {
    return bytes;
  }

  /** It was sent, and nobody reads it any more. One thread gives back, for each that encodes. */
  public void giveBack() {
    if (home != null && lent && bytes.length <= LARGEST_KEPT) {
      lent = false;
      home.give(this);
    }
  }

  @Override
  public boolean sampled() {
    return sampled;
  }

  @Override
  public EncodedSpan encoded(SpanEncoder encoder) {
    if (unreadable != null) {
      throw unreadable;
    }
    return this;
  }

  @Override
  public FinishedSpan whole() {
    throw new IllegalStateException("the facts of an encoded span are gone");
  }
}
