package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;

/**
 * Arrays for the pieces of long bodies on their way through Vert.x: whoever has copied a piece
 * elsewhere gives its array back for the next one. One that is not given back is garbage. Each
 * event loop has its own.
 */
public final class BodyPieces {

  private static final int LENGTH = 64 << 10;

  /** What is shorter would waste an array where it is kept. */
  private static final int SHORTEST = 4 << 10;

  private static final int MOST_FREE = 4;

  private static final FastThreadLocal<ArrayDeque<byte[]>> FREE =
      new FastThreadLocal<>() {
        @Override
        protected ArrayDeque<byte[]> initialValue() {
          return new ArrayDeque<>(MOST_FREE);
        }
      };

  private BodyPieces() {}

  /** The bytes on the heap; does not release them. */
  static ByteBuf copied(ByteBuf piece) {
    int length = piece.readableBytes();
    if (length < SHORTEST || length > LENGTH) {
      return HeapContent.copied(piece);
    }
    byte[] free = FREE.get().poll();
    byte[] array = free == null ? new byte[LENGTH] : free;
    piece.getBytes(piece.readerIndex(), array, 0, length);
    return Unpooled.wrappedBuffer(array, 0, length);
  }

  /** Nobody reads this piece again; its bytes may become others. */
  public static void giveBack(Buffer piece) {
    ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
    ArrayDeque<byte[]> free = FREE.get();
    if (bytes.hasArray() && bytes.array().length == LENGTH && free.size() < MOST_FREE) {
      free.push(bytes.array());
    }
  }
}
