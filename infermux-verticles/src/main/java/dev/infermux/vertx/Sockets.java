package dev.infermux.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** Sockets, closed in a way that Vert.x does not offer. */
public final class Sockets {

  private Sockets() {}

  /** Closes a connection with RST: what is not sent yet is dropped. Idempotent. */
  public static void reset(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }
}
