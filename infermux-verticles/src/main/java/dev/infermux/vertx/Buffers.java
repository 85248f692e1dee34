package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;

/** Buffers and byte arrays, the one seen as the other without a copy. */
public final class Buffers {

  /** No bytes; not to be added to. */
  public static final Buffer NONE = BufferInternal.buffer(Unpooled.EMPTY_BUFFER);

  private static final byte[] EMPTY = {};

  private Buffers() {}

  /** A view of the bytes, which must not change any more. */
  public static Buffer wrap(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** A view of the bytes from {@code from} to before {@code to}, which must not change any more. */
  public static Buffer wrap(byte[] bytes, int from, int to) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, to - from));
  }

  /** Several arrays, or parts of them, one after the other; they must not change any more. */
  public static Buffer join(List<ByteBuf> parts) {
    ByteBuf joined = Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new));
    // It may be written again on another connection.
    return BufferInternal.buffer(Unpooled.unreleasableBuffer(joined));
  }

  /** What was joined; a buffer that was not is its only part. */
  public static List<Buffer> parts(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    while (bytes.unwrap() != null && !(bytes instanceof CompositeByteBuf)) {
      bytes = bytes.unwrap();
    }
    return bytes instanceof CompositeByteBuf joined
        ? joined.decompose(0, joined.readableBytes()).stream()
            .<Buffer>map(part -> BufferInternal.buffer(Unpooled.unreleasableBuffer(part)))
            .toList()
        : List.of(buffer);
  }

  /** The buffer's bytes alone in an array: its own where it fits, else a copy. */
  public static byte[] array(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    boolean fits =
        bytes.hasArray()
            && bytes.arrayOffset() + bytes.readerIndex() == 0
            && bytes.array().length == buffer.length();
    return fits ? bytes.array() : buffer.getBytes();
  }

  /** The array of such a length that the buffer's bytes are the beginning of; else an empty one. */
  public static byte[] around(Buffer buffer, int length) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    return bytes.hasArray() && bytes.array().length == length && standsAt(buffer, bytes.array(), 0)
        ? bytes.array()
        : EMPTY;
  }

  /** Whether the buffer is a view of what stands in the array from there on. */
  public static boolean standsAt(Buffer buffer, byte[] array, int from) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    return bytes.hasArray()
        && bytes.array() == array
        && bytes.arrayOffset() + bytes.readerIndex() == from;
  }

  /** The buffer's bytes in an array: its own where it has one, else copied. */
  public static ByteBuf onHeap(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    return bytes.hasArray() ? bytes : Unpooled.wrappedBuffer(buffer.getBytes());
  }
}
