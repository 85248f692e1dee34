package dev.infermux.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line why connections are not accepted, once in ten seconds. Netty tries again after a
 * second, and would write a stack trace each time. One event loop.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
  private static final long PAUSE_SECONDS = 10;

  private boolean told;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.fireChannelActive();
    // Behind what makes Netty pause, which has come in between.
    context.pipeline().addLast("accept-failures-told", new Told());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException && !told) {
      told = true;
      context.executor().schedule(() -> told = false, PAUSE_SECONDS, TimeUnit.SECONDS);
      LOG.warn(
          "connections to {} are not accepted: {} (expected: more file descriptors, of which there"
              + " are {}, with ulimit -n; or a lower http.max_connections)",
          context.channel().localAddress(),
          cause.getMessage(),
          FileDescriptors.most());
    }
    context.fireExceptionCaught(cause);
  }

  /** The end of what was said above. */
  private static final class Told extends ChannelInboundHandlerAdapter {

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        context.fireExceptionCaught(cause);
      }
    }
  }
}
