package dev.infermux.vertx;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;

/**
 * What a program does for its listening sockets before Vert.x knows of their connections: TLS
 * handshakes that go on are bounded in number, and want of descriptors is one line. Netty finds it
 * as a service once {@link #install()} was called; a program that embeds InferMux may do without.
 */
public final class ListenerGuard extends ChannelInitializerExtension {

  private static final AttributeKey<OpenHandshakes> HANDSHAKES =
      AttributeKey.valueOf(ListenerGuard.class, "handshakes");

  /** To be called before the first socket listens. */
  public static void install() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerListenerChannel(ServerChannel channel) {
    channel.attr(HANDSHAKES).set(new OpenHandshakes(Math.max(8, FileDescriptors.forCallers() / 2)));
    channel.pipeline().addLast("accept-failures", new AcceptFailures());
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    OpenHandshakes open = channel.parent().attr(HANDSHAKES).get();
    if (open != null) {
      channel.pipeline().addLast("handshake", new HandshakeWatch(open));
    }
  }
}
