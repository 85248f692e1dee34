package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.UnaryOperator;

/**
 * Puts the bytes of messages on the heap before Vert.x gets them, which copies them anyway: what it
 * has queued behind a pause when a connection ends it never releases, and a direct buffer would
 * stay with its whole chunk until a full collection.
 */
final class HeapContent {

  private HeapContent() {}

  /** Hands a message of the HTTP codec on. */
  static void pass(ChannelHandlerContext context, Object message) {
    pass(context, message, HeapContent::copied);
  }

  /**
   * Hands a message of the HTTP codec on.
   *
   * @param copy puts bytes on the heap; it does not release them
   */
  static void pass(ChannelHandlerContext context, Object message, UnaryOperator<ByteBuf> copy) {
    if (!(message instanceof HttpContent content)
        || !content.content().isDirect()
        || !content.content().isReadable()
        || !content.decoderResult().isSuccess()) {
      context.fireChannelRead(message);
    } else if (message instanceof LastHttpContent last && last.trailingHeaders().isEmpty()) {
      context.fireChannelRead(new DefaultHttpContent(copied(content, copy)));
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      context.fireChannelRead(content.replace(copied(content, copy)));
    }
  }

  private static ByteBuf copied(HttpContent content, UnaryOperator<ByteBuf> copy) {
    try {
      return copy.apply(content.content());
    } finally {
      content.release();
    }
  }

  static ByteBuf copied(ByteBuf direct) {
    return UnpooledByteBufAllocator.DEFAULT.heapBuffer(direct.readableBytes()).writeBytes(direct);
  }
}
