package dev.infermux.vertx;

import dev.infermux.time.Time;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the connections of one listener on one event loop to their limits. It looks at all of them
 * a few times within the shortest limit: requests cost no timer, and connections that do nothing
 * cost a look.
 */
public final class ConnectionWatch {

  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

  /** So late it is the event loop that has read nothing, not the callers who have sent nothing. */
  private static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Time time;
  private final ConnectionLimits limits;
  private final ConnectionCount count;
  private final Refusal refusal;
  private final Duration tick;
  private final Set<WatchedConnection> connections = new LinkedHashSet<>();
  private boolean armed;
  private long due;

  /** Writes the whole response to a caller whom nothing else will answer. */
  @FunctionalInterface
  public interface Refusal {
    byte[] response(int status, String code, String message);
  }

  /**
   * Watches nothing yet.
   *
   * @param count shared by all event loops of the listener
   */
  public ConnectionWatch(
      Time time, ConnectionLimits limits, ConnectionCount count, Refusal refusal) {
    this.time = time;
    this.limits = limits;
    this.count = count;
    this.refusal = refusal;
    Duration shortest =
        Stream.of(limits.head(), limits.body(), limits.idle(), limits.write())
            .min(Duration::compareTo)
            .orElse(LONGEST_TICK)
            .dividedBy(4);
    this.tick = shortest.compareTo(LONGEST_TICK) < 0 ? shortest : LONGEST_TICK;
  }

  /** Takes up a connection that was just accepted, on its event loop. */
  public void accept(HttpConnection accepted) {
    Channel channel = ((ConnectionBase) accepted).channel();
    KernelQueue.bound(channel);
    WatchedConnection connection = new WatchedConnection(this, address(accepted.remoteAddress()));
    channel.pipeline().addBefore("httpDecoder", "watched", connection);
    channel.pipeline().addAfter("httpEncoder", "messages", new WatchedMessages(connection));
    connection.phase.begin(time.nanos());
    connections.add(connection);
    // An event loop that has no other one could not make room, whatever idles on the others.
    boolean room = count.enter() <= limits.most() || evict(connection) || connections.size() == 1;
    boolean ownRoom =
        limits.mostOfOneAddress() == 0
            || count.enter(connection.address) <= limits.mostOfOneAddress();
    if (!room || !ownRoom) {
      refuse(connection, 503, "overloaded", "connections: as many as there may be (try later)");
    }
    arm();
  }

  void gone(WatchedConnection connection) {
    if (connections.remove(connection)) {
      count.leave();
      count.unsent(-connection.counted);
      connection.counted = 0;
      if (limits.mostOfOneAddress() > 0) {
        count.leave(connection.address);
      }
    }
  }

  /** Makes room by closing the connection that has been idle for longest. */
  private boolean evict(WatchedConnection newest) {
    long now = time.nanos();
    WatchedConnection idlest = null;
    for (WatchedConnection one : connections) {
      if (one != newest
          && one.idle()
          && (idlest == null || one.phase.idleNanos(now) > idlest.phase.idleNanos(now))) {
        idlest = one;
      }
    }
    if (idlest != null) {
      // Netty tells of its end behind all that have been accepted meanwhile: each of them would
      // close this one again.
      gone(idlest);
      idlest.context().close();
    }
    return idlest != null;
  }

  private void arm() {
    if (!armed && !connections.isEmpty()) {
      armed = true;
      due = time.nanos() + tick.toNanos();
      time.timers().start(tick, this::sweep);
    }
  }

  private void sweep() {
    armed = false;
    long now = time.nanos();
    long stalled = now - due > STALL_NANOS ? now - due : 0;
    for (WatchedConnection connection : List.copyOf(connections)) {
      count(connection);
      connection.phase.forgive(stalled);
      if (connection.phase.late(now, limits)) {
        end(connection);
      }
    }
    arm();
  }

  private void count(WatchedConnection connection) {
    long unsent = connection.unsent();
    count.unsent(unsent - connection.counted);
    connection.counted = unsent;
  }

  private void end(WatchedConnection connection) {
    ChannelHandlerContext context = connection.context();
    switch (connection.phase.kind()) {
      case HEAD -> refuse(connection, 408, "request_timeout", "head: not whole in time");
      case BODY -> {
        if (connection.answering) {
          context.close();
        } else {
          refuse(connection, 408, "request_timeout", "request body: too slow");
        }
      }
      case WRITING -> {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.close();
      }
      default -> context.close();
    }
  }

  private void refuse(WatchedConnection connection, int status, String code, String message) {
    connection
        .context()
        .writeAndFlush(Unpooled.wrappedBuffer(refusal.response(status, code, message)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static String address(@Nullable SocketAddress peer) {
    String host = peer == null ? null : peer.hostAddress();
    return host == null ? "" : host;
  }
}
