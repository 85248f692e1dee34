package dev.infermux.vertx;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;

/** A watched connection behind the codec, where its bytes are messages. */
final class WatchedMessages extends ChannelDuplexHandler {

  private final WatchedConnection connection;
  private final BodyLanding landing = new BodyLanding();

  WatchedMessages(WatchedConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      connection.requests++;
      connection.answering = false;
      BadHead bad = HeadRules.violation(request, connection.lines);
      if (bad != null && request.decoderResult().isSuccess()) {
        request.setDecoderResult(DecoderResult.failure(bad));
      }
      if (bad == null) {
        TargetRules.relate(request);
      }
      if (bad != null || request.protocolVersion().minorVersion() > 1) {
        // The answer has the version of its request, and this is the last that is spoken here.
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
      connection.lines.reset();
      landing.begin(request);
    }
    if (message instanceof LastHttpContent) {
      connection.bodies++;
      connection.over();
    }
    HeapContent.pass(ctx, message, landing::take);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    connection.answering |= !interim;
    if (message instanceof LastHttpContent && !interim) {
      connection.responses++;
      connection.over();
    }
    ctx.write(message, promise);
  }

  /**
   * A connection that breaks is one that is closed. Told as a failure, Vert.x would look for the
   * answer of a pipelined request that has none yet, and fail on it.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
