package dev.infermux.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** Drops answers of a 1xx status, which come before the one that counts (RFC 9110, 15.2). */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

  private static final int SWITCHING_PROTOCOLS = 101;

  private boolean dropping;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      dropping = interim(response);
    }
    if (!dropping) {
      HeapContent.pass(context, message);
      return;
    }
    dropping = !(message instanceof LastHttpContent);
    ReferenceCountUtil.release(message);
  }

  private static boolean interim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && response.status().code() != SWITCHING_PROTOCOLS;
  }
}
