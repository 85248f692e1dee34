package dev.infermux.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/** Sees whether a connection begins with TLS, and counts it until that is agreed on. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {

  private final OpenHandshakes open;

  HandshakeWatch(OpenHandshakes open) {
    this.open = open;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      open.begun(context.channel());
      tls.handshakeFuture().addListener(agreed -> open.over(context.channel()));
      context.channel().closeFuture().addListener(closed -> open.over(context.channel()));
    }
    context.fireChannelActive();
    context.pipeline().remove(this);
  }
}
