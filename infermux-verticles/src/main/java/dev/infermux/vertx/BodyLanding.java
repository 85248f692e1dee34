package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Where the pieces of a request's body come to lie on the heap: one behind the other in an array as
 * long as its head says, so that whoever wants it whole need not copy it. Only a body of which a
 * fair share comes at once is believed, and none that is very long.
 */
final class BodyLanding {

  private static final int LONGEST = 256 << 10;
  private static final int FAIR_SHARE = 4;
  private static final byte[] NONE = {};

  private byte[] array = NONE;
  private int expected;
  private int filled;

  /** A request begins. */
  void begin(HttpRequest request) {
    boolean understood = request.decoderResult().isSuccess();
    long length = understood ? HttpUtil.getContentLength(request, 0L) : 0;
    expected = length > LONGEST ? 0 : (int) length;
    array = NONE;
    filled = 0;
  }

  /** Copies a piece; does not release it. */
  ByteBuf take(ByteBuf piece) {
    int length = piece.readableBytes();
    if (filled == 0 && length < expected && length >= expected / FAIR_SHARE) {
      array = new byte[expected];
    }
    if (length > array.length - filled) {
      boolean whole = filled == 0 && length == expected;
      array = NONE;
      expected = 0;
      return whole ? HeapContent.copied(piece) : BodyPieces.copied(piece);
    }
    piece.getBytes(piece.readerIndex(), array, filled, length);
    ByteBuf landed = Unpooled.wrappedBuffer(array, filled, length);
    filled += length;
    if (filled == array.length) {
      array = NONE;
      expected = 0;
    }
    return landed;
  }
}
