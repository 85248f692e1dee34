package dev.infermux.provider.http;

import dev.infermux.time.Deadlines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one stream: for its next bytes, once it is complete for its end, and for what
 * its connection still brings. Used on the upstream's event loop.
 */
final class StreamDeadlines {

  private final Transport transport;
  private Deadlines.Watch next;
  private Deadlines.@Nullable Watch linger;
  private long heardNanos;

  /**
   * Waits for nothing yet: until the first content, the first token's limit counts.
   *
   * @param silent runs when nothing has come for too long
   */
  StreamDeadlines(Transport transport, Runnable silent) {
    this.transport = transport;
    this.next = transport.idle().watch(silent);
    next.stop();
    heard();
  }

  void heard() {
    heardNanos = transport.ticker().nanos();
  }

  Duration silence() {
    return Duration.ofNanos(transport.ticker().nanos() - heardNanos);
  }

  /** The wait for more begins now. */
  void awaitMore() {
    next.touch();
  }

  /** The answer is complete, and its stream should say so too. */
  void awaitEnd(Runnable unclosed) {
    next.stop();
    next = transport.closing().watch(unclosed);
  }

  /** Nothing is waited for. */
  void stop() {
    next.stop();
  }

  /** The connection may bring the rest of a stream that is over. */
  void linger(Runnable over) {
    linger = transport.linger().watch(over);
  }

  /** The connection brings nothing more. */
  void disconnected() {
    if (linger != null) {
      linger.stop();
    }
  }
}
