package dev.infermux.inbound.http;

import dev.infermux.time.Deadlines;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes comments into a stream whose head is out: for its provider's signs of life, and where
 * neither has said anything for a while. A full socket gets none.
 */
final class KeepAlive {

  /** What a dialect without comments gets. */
  static final Buffer SILENT = Buffer.buffer();

  /** The comment of server-sent events. It has no id: some clients take an event for it then. */
  static final Buffer COMMENT = Buffer.buffer(": keep-alive\n\n");

  private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

  private final HttpServerResponse response;
  private final Buffer comment;
  private final Deadlines silence;
  private Deadlines.@Nullable Watch watch;

  private KeepAlive(HttpServerResponse response, Buffer comment, Deadlines silence) {
    this.response = response;
    this.comment = comment;
    this.silence = silence;
  }

  static KeepAlive of(HttpExchange exchange, Buffer comment) {
    Duration limit = exchange.limits().keepAlive();
    return new KeepAlive(exchange.response(), comment, exchange.router().deadlines(limit));
  }

  /** The head is out, or goes out with the next bytes. */
  void start() {
    if (comment.length() > 0) {
      watch = silence.watch(this::write);
    }
  }

  /** Something was written. */
  void wrote() {
    if (watch != null) {
      watch.touch();
    }
  }

  /** The provider gives a sign of life; at most one a second is passed on. */
  void alive() {
    if (watch != null && watch.unheardNanos() >= least()) {
      write();
    }
  }

  void stop() {
    if (watch != null) {
      watch.stop();
      watch = null;
    }
  }

  private long least() {
    return Math.min(LEAST_NANOS, silence.limit().toNanos());
  }

  private void write() {
    if (response.closed() || response.ended()) {
      stop();
      return;
    }
    if (!response.writeQueueFull()) {
      response.write(comment);
    }
    wrote();
  }
}
