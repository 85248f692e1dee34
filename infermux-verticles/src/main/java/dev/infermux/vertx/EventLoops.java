package dev.infermux.vertx;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import org.jspecify.annotations.Nullable;

/** Questions about Vert.x's event loops that its public API does not answer. */
public final class EventLoops {

  private EventLoops() {}

  /** How many event loops this Vert.x has. */
  public static int count(Vertx vertx) {
    EventLoopGroup group = ((VertxInternal) vertx).nettyEventLoopGroup();
    int loops = 0;
    for (var ignored : group) {
      loops++;
    }
    return loops;
  }

  /** All event loops, for servers that are not Vert.x's own. */
  public static EventLoopGroup all(Vertx vertx) {
    return ((VertxInternal) vertx).nettyEventLoopGroup();
  }

  /**
   * What makes listening sockets that fit the event loops.
   *
   * @param most connections of one socket at once; more are closed as they are accepted
   */
  public static ChannelFactory<? extends ServerChannel> serverSockets(Vertx vertx, int most) {
    ChannelFactory<? extends ServerChannel> plain =
        ((VertxInternal) vertx).transport().serverChannelFactory(false);
    return () -> {
      ServerChannel socket = plain.newChannel();
      socket.pipeline().addLast("accept-limit", new AcceptLimit(most));
      return socket;
    };
  }

  /** What carries the sockets: {@code epoll}, {@code io_uring}, {@code kqueue} or {@code nio}. */
  public static String transport(Vertx vertx) {
    String name = ((VertxInternal) vertx).transport().getClass().getSimpleName();
    return switch (name) {
      case "EpollTransport" -> "epoll";
      case "IoUringTransport" -> "io_uring";
      case "KQueueTransport" -> "kqueue";
      default -> "nio";
    };
  }

  /** The event loop of a context, as a key. */
  public static io.netty.channel.EventLoop of(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  /** Whether both contexts run on the same event loop. */
  public static boolean same(@Nullable Context one, @Nullable Context other) {
    return one != null
        && other != null
        && ((ContextInternal) one).nettyEventLoop() == ((ContextInternal) other).nettyEventLoop();
  }
}
