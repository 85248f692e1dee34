package dev.infermux.vertx;

import dev.infermux.time.LeastPace;
import java.time.Duration;

/** What a connection is doing, since when, and for how long it may. One event loop. */
final class ConnectionPhase {

  private static final Duration LINGER = Duration.ofSeconds(5);

  private final WatchedConnection connection;
  private ConnectionActivity kind = ConnectionActivity.FRESH;
  private long since;
  private long mark;
  private long began;
  private long bytesBefore;

  ConnectionPhase(WatchedConnection connection) {
    this.connection = connection;
  }

  ConnectionActivity kind() {
    return kind;
  }

  void begin(long now) {
    since = now;
  }

  /** So much time is nobody's fault. */
  void forgive(long nanos) {
    since += nanos;
    began += nanos;
  }

  /** For how long nothing but waiting has happened. */
  long idleNanos(long now) {
    return kind == ConnectionActivity.FRESH || kind == ConnectionActivity.IDLE ? now - since : -1;
  }

  /** Whether its time is over now. */
  boolean late(long now, ConnectionLimits limits) {
    ConnectionActivity next = next();
    long progress = progress(next);
    if (next != kind) {
      kind = next;
      began = now;
      since = now;
      bytesBefore = connection.bytesIn;
      mark = progress;
      return false;
    }
    if (progress != mark) {
      mark = progress;
      since = now;
    }
    return tooSlow(now)
        || (kind != ConnectionActivity.WAITING && now - since >= limit(limits).toNanos());
  }

  private ConnectionActivity next() {
    if (connection.reading()) {
      if (!connection.serving()) {
        return ConnectionActivity.UNREAD;
      }
      return connection.context().channel().config().isAutoRead()
          ? ConnectionActivity.BODY
          : ConnectionActivity.WAITING;
    } else if (connection.serving() || connection.unsent() > 0) {
      return connection.unsent() > 0 ? ConnectionActivity.WRITING : ConnectionActivity.WAITING;
    } else if (connection.bytesIn > connection.idleMark) {
      return ConnectionActivity.HEAD;
    }
    return connection.requests == 0 ? ConnectionActivity.FRESH : ConnectionActivity.IDLE;
  }

  private long progress(ConnectionActivity of) {
    return switch (of) {
      case BODY -> connection.bytesIn;
      case WRITING -> connection.unsent() * 31 + connection.bytesOut;
      case IDLE, HEAD -> connection.requests;
      default -> 0;
    };
  }

  private boolean tooSlow(long now) {
    return kind == ConnectionActivity.BODY
        && LeastPace.missed(connection.bytesIn - bytesBefore, now - began);
  }

  private Duration limit(ConnectionLimits limits) {
    return switch (kind) {
      case FRESH, HEAD -> limits.head();
      case BODY -> limits.body();
      case WRITING -> limits.write();
      case UNREAD -> LINGER;
      default -> limits.idle();
    };
  }
}
