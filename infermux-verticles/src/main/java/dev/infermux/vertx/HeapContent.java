package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Puts the bytes of messages on the heap before Vert.x gets them, which copies them anyway: what it
 * has queued behind a pause when a connection ends it never releases, and a direct buffer would
 * stay with its whole chunk until a full collection.
 */
final class HeapContent {

  private HeapContent() {}

  /** Hands a message of the HTTP codec on. */
  static void pass(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpContent content)
        || !content.content().isDirect()
        || !content.content().isReadable()
        || !content.decoderResult().isSuccess()) {
      context.fireChannelRead(message);
    } else if (message instanceof LastHttpContent last && last.trailingHeaders().isEmpty()) {
      context.fireChannelRead(new DefaultHttpContent(copied(content)));
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      context.fireChannelRead(content.replace(copied(content)));
    }
  }

  private static ByteBuf copied(HttpContent content) {
    try {
      ByteBuf direct = content.content();
      return UnpooledByteBufAllocator.DEFAULT.heapBuffer(direct.readableBytes()).writeBytes(direct);
    } finally {
      content.release();
    }
  }
}
