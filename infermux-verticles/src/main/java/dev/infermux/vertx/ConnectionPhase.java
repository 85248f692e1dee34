package dev.infermux.vertx;

import java.time.Duration;

/** What a connection is doing, since when, and for how long it may. One event loop. */
final class ConnectionPhase {

  private static final long GRACE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LEAST_BYTES_A_SECOND = 1_000;
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** What a caller may be late with. */
  enum Kind {
    FRESH,
    IDLE,
    HEAD,
    BODY,
    UNREAD,
    WRITING,
    WAITING
  }

  private final WatchedConnection connection;
  private Kind kind = Kind.FRESH;
  private long since;
  private long mark;
  private long began;
  private long bytesBefore;

  ConnectionPhase(WatchedConnection connection) {
    this.connection = connection;
  }

  Kind kind() {
    return kind;
  }

  void begin(long now) {
    since = now;
  }

  /** For how long nothing but waiting has happened. */
  long idleNanos(long now) {
    return kind == Kind.FRESH || kind == Kind.IDLE ? now - since : -1;
  }

  /** Whether its time is over now. */
  boolean late(long now, ConnectionLimits limits) {
    Kind next = next();
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
    return tooSlow(now) || (kind != Kind.WAITING && now - since >= limit(limits).toNanos());
  }

  private Kind next() {
    if (connection.reading()) {
      if (!connection.serving()) {
        return Kind.UNREAD;
      }
      return connection.context().channel().config().isAutoRead() ? Kind.BODY : Kind.WAITING;
    } else if (connection.serving() || connection.unsent() > 0) {
      return connection.unsent() > 0 ? Kind.WRITING : Kind.WAITING;
    } else if (connection.bytesIn > connection.idleMark) {
      return Kind.HEAD;
    }
    return connection.requests == 0 ? Kind.FRESH : Kind.IDLE;
  }

  private long progress(Kind of) {
    return switch (of) {
      case BODY -> connection.bytesIn;
      case WRITING -> connection.unsent() * 31 + connection.bytesOut;
      case IDLE, HEAD -> connection.requests;
      default -> 0;
    };
  }

  private boolean tooSlow(long now) {
    long elapsed = now - began;
    return kind == Kind.BODY
        && elapsed > GRACE_NANOS
        && (connection.bytesIn - bytesBefore) < LEAST_BYTES_A_SECOND * (elapsed / 1_000_000_000);
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
