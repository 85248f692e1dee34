package dev.infermux.tokentrace.record;

import org.jspecify.annotations.Nullable;

/**
 * A span that was encoded when it ended. What waits to be sent is one array and nothing that it
 * refers to.
 */
final class EncodedSpan implements EndedSpan {
  private static final byte[] NOTHING = {};
  private static final EncodedSpan UNSAMPLED = new EncodedSpan(NOTHING, false, null);

  private final byte[] bytes;
  private final boolean sampled;
  private final @Nullable RuntimeException unreadable;

  private EncodedSpan(byte[] bytes, boolean sampled, @Nullable RuntimeException unreadable) {
    this.bytes = bytes;
    this.sampled = sampled;
    this.unreadable = unreadable;
  }

  /** A span that is counted, and sent nowhere. */
  static EncodedSpan unsampled() {
    return UNSAMPLED;
  }

  static EncodedSpan of(byte[] bytes) {
    return new EncodedSpan(bytes, true, null);
  }

  /** A span of which the facts could not be read. */
  static EncodedSpan unreadable(RuntimeException cause) {
    return new EncodedSpan(NOTHING, true, cause);
  }

  @Override
  public boolean sampled() {
    return sampled;
  }

  @Override
  public byte[] encoded(SpanEncoder encoder) {
    if (unreadable != null) {
      throw unreadable;
    }
    return bytes;
  }

  @Override
  public FinishedSpan whole() {
    throw new IllegalStateException("the facts of an encoded span are gone");
  }
}
