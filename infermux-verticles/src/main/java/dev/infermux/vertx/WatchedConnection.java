package dev.infermux.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a caller, before the codec: counts what passes, and goes on reading a little
 * where Vert.x has paused, so that a caller who hangs up behind further requests is noticed.
 */
final class WatchedConnection extends ChannelDuplexHandler {

  private static final int MOST_HELD_BYTES = 16 << 10;

  private final ConnectionWatch watch;
  final LineScan lines = new LineScan();
  private final Deque<ByteBuf> held = new ArrayDeque<>(0);
  private int heldBytes;
  private @Nullable ChannelHandlerContext context;
  long bytesIn;
  long bytesOut;
  long requests;
  long bodies;
  long responses;

  /** What the account has of what it has not taken. */
  long counted;

  /** How many bytes had come when all requests so far were over. */
  long idleMark;

  /** As the last sweep found it. */
  final ConnectionPhase phase = new ConnectionPhase(this);

  /** Whether a part of the answer to the current request has gone out. */
  boolean answering;

  final String address;

  WatchedConnection(ConnectionWatch watch, String address) {
    this.watch = watch;
    this.address = address;
  }

  /** Whether nobody waits for anything on it. */
  boolean idle() {
    return !reading() && !serving() && unsent() == 0;
  }

  ChannelHandlerContext context() {
    return java.util.Objects.requireNonNull(context);
  }

  boolean reading() {
    return requests > bodies;
  }

  boolean serving() {
    return requests > responses;
  }

  /** A message has ended, in whichever direction. */
  void over() {
    if (!reading() && !serving()) {
      idleMark = bytesIn;
    }
  }

  /** What waits to be taken by the caller's side, and how much was taken of it. */
  long unsent() {
    ChannelOutboundBuffer out = context().channel().unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    bytesIn += bytes.readableBytes();
    if (!ctx.channel().config().isAutoRead()) {
      held.add(bytes);
      heldBytes += bytes.readableBytes();
      return;
    }
    pass(ctx, bytes);
  }

  private void pass(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (!reading() && !serving()) {
      lines.feed(bytes);
    }
    ctx.fireChannelRead(bytes);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (!ctx.channel().config().isAutoRead() && heldBytes < MOST_HELD_BYTES) {
      ctx.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (ctx.channel().config().isAutoRead() && !held.isEmpty()) {
      while (!held.isEmpty()) {
        ByteBuf bytes = held.remove();
        heldBytes -= bytes.readableBytes();
        pass(ctx, bytes);
      }
      ctx.fireChannelReadComplete();
    }
    ctx.read();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    bytesOut++;
    ctx.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    watch.gone(this);
    ctx.fireChannelInactive();
  }
}
