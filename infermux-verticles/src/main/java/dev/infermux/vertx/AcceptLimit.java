package dev.infermux.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes what a listening socket accepts beyond a number of connections. One event loop. */
final class AcceptLimit extends ChannelInboundHandlerAdapter {

  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  AcceptLimit(int most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    if (!(accepted instanceof Channel connection)) {
      context.fireChannelRead(accepted);
    } else if (open.get() < most) {
      open.incrementAndGet();
      connection.closeFuture().addListener(closed -> open.decrementAndGet());
      context.fireChannelRead(connection);
    } else {
      connection.unsafe().closeForcibly();
    }
  }
}
