package dev.infermux.dialect;

import dev.infermux.vertx.Buffers;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/** Cuts the bytes of a stream into frames, however the network tore them. Work is linear. */
public interface FrameSplitter {

  /** The longest unfinished frame that is kept: images travel as base64 in one event. */
  int MAX_FRAME_BYTES = 16 << 20;

  /** Takes the next bytes, which must not change afterwards; false when a frame is too long. */
  boolean feed(byte[] bytes, int from, int to);

  /** The same with a buffer, which must not change afterwards. */
  default boolean feed(Buffer chunk) {
    ByteBuf bytes = Buffers.onHeap(chunk);
    int from = bytes.arrayOffset() + bytes.readerIndex();
    return feed(bytes.array(), from, from + bytes.readableBytes());
  }

  /** How many bytes are kept of what is not whole yet. */
  int held();

  /** Takes the end of the bytes; a frame that only lacks its end still counts. */
  void end();
}
