package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that are gathered outside the heap: while they wait for the rest of them no collection
 * copies them, and they are gone at once when they are of no use. Used on one thread at a time.
 */
public final class DirectBytes {

  private final List<ByteBuf> segments = new ArrayList<>();
  private int capacity;
  private int filling;

  /** How many bytes there is memory for. */
  public int capacity() {
    return capacity;
  }

  /** Gets memory for so many bytes more. */
  public void grow(int bytes) {
    segments.add(PooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes));
    capacity += bytes;
  }

  /** Adds what is in the chunk from {@code from} on; there must be memory for it. */
  public void add(Buffer chunk, int from) {
    ByteBuf bytes = ((BufferInternal) chunk).getByteBuf();
    int at = from;
    while (at < chunk.length()) {
      ByteBuf segment = segments.get(filling);
      int fits = Math.min(chunk.length() - at, segment.writableBytes());
      segment.writeBytes(bytes, bytes.readerIndex() + at, fits);
      at += fits;
      if (!segment.isWritable()) {
        filling++;
      }
    }
  }

  /** Moves all of them into the array; none are left. */
  public void moveTo(byte[] array, int at) {
    int to = at;
    for (ByteBuf segment : segments) {
      int length = segment.readableBytes();
      segment.readBytes(array, to, length);
      to += length;
    }
    release();
  }

  /** Gives their memory back. Idempotent. */
  public void release() {
    segments.forEach(ByteBuf::release);
    segments.clear();
    capacity = 0;
    filling = 0;
  }
}
