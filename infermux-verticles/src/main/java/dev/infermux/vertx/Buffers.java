package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Buffers and byte arrays, the one seen as the other without a copy. */
public final class Buffers {

  private Buffers() {}

  /** A view of the bytes, which must not change any more. */
  public static Buffer wrap(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** A view of the bytes from {@code from} to before {@code to}, which must not change any more. */
  public static Buffer wrap(byte[] bytes, int from, int to) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, to - from));
  }

  /** The buffer's bytes in an array: its own where it has one, else copied. */
  public static ByteBuf onHeap(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    return bytes.hasArray() ? bytes : Unpooled.wrappedBuffer(buffer.getBytes());
  }
}
