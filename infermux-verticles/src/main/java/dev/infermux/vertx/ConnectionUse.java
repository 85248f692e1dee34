package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnectionInternal;

/**
 * What a client's connection is used for: whether it carries its first request, whether the server
 * has sent a byte since the last one, and whether its answer is read on. Kept with the connection;
 * used on its event loop.
 */
public final class ConnectionUse {

  private static final AttributeKey<ConnectionUse> KEY =
      AttributeKey.valueOf(ConnectionUse.class, "use");
  private static final String CODEC = "codec";

  private final Channel channel;
  private boolean used;
  private boolean heard;
  private boolean answering;
  private int requests;

  private ConnectionUse(Channel channel) {
    this.channel = channel;
  }

  /**
   * Observes a connection that was just made. From here on its interim answers (1xx) are dropped,
   * of whatever status: the HTTP client knows two of them, and takes the others for the answer.
   */
  public static void observe(HttpConnection connection) {
    Channel channel = channel(connection);
    ConnectionUse use = new ConnectionUse(channel);
    channel.attr(KEY).set(use);
    channel.pipeline().addBefore(CODEC, "use", use.new Bytes());
    channel.pipeline().addAfter(CODEC, "interim", new InterimAnswers());
    channel.pipeline().addAfter("interim", "ends", use.new Ends());
  }

  /**
   * The use of a connection.
   *
   * @param connection one that is observed
   */
  public static ConnectionUse of(HttpConnection connection) {
    return channel(connection).attr(KEY).get();
  }

  /** A request goes out; true when the connection has carried another one before. */
  public boolean asked() {
    boolean before = used;
    used = true;
    heard = false;
    answering = true;
    requests++;
    return before;
  }

  /** Which of the connection's requests is the last one that went out. */
  public int request() {
    return requests;
  }

  /**
   * Has the socket read on, or not for now: a stream of the HTTP client that is paused goes on
   * taking 24 reads before it does that itself, and nobody counts them. Without effect once the
   * answer has come to its end, after which the connection may carry another one.
   *
   * @param request whose answer it is
   */
  public void read(int request, boolean wanted) {
    if (answering && request == requests) {
      channel.config().setAutoRead(wanted);
    }
  }

  /** Whether the server has sent anything since the last request went out. */
  public boolean heard() {
    return heard;
  }

  private static Channel channel(HttpConnection connection) {
    return ((HttpClientConnectionInternal) connection).channelHandlerContext().channel();
  }

  /** A pause ends with the answer that it was meant for. */
  private final class Ends extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof LastHttpContent && answering) {
        answering = false;
        channel.config().setAutoRead(true);
      }
      context.fireChannelRead(message);
    }
  }

  /** Sees the bytes before they are taken for anything. */
  private final class Bytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      heard |= message instanceof ByteBuf bytes && bytes.isReadable();
      context.fireChannelRead(message);
    }
  }
}
