package dev.infermux.provider.http;

import dev.infermux.inference.Failure;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.time.Duration;

/**
 * What one stream holds of the process's memory. Where there is no room for more its source is to
 * be paused until there is. Used on the upstream's event loop.
 */
final class StreamRoom {

  private final Transport transport;
  private final BufferedBytes account;
  private final Runnable changed;
  private long counted;
  private boolean crowded;
  private boolean over;

  /**
   * @param counted what of it is in the account already, as a whole answer
   * @param changed runs when there is room again
   */
  StreamRoom(Transport transport, long counted, Runnable changed) {
    this.transport = transport;
    this.account = transport.buffered();
    this.changed = changed;
    this.counted = counted;
    account.move(BufferedKind.ANSWERS, BufferedKind.STREAMS, counted);
  }

  /** It holds so many bytes from now on, which are there already. */
  void holds(long bytes) {
    long more = bytes - counted;
    if (more == 0 || over) {
      return;
    }
    boolean fits = account.take(BufferedKind.STREAMS, more, counted);
    if (!fits) {
      account.hold(BufferedKind.STREAMS, more);
    }
    counted = bytes;
    if (!fits && !crowded) {
      crowded = true;
      account.whenRoom(() -> transport.loop().afterwards(this::thereIs));
    }
  }

  private void thereIs() {
    crowded = false;
    if (!over) {
      changed.run();
    }
  }

  /** Whether nothing more should be read. */
  boolean crowded() {
    return crowded;
  }

  /** Why a stream ends that has waited for room for too long. */
  Failure shortage(Duration waited) {
    return new Failure.Overloaded(
        "stream: no room for an event of it for "
            + waited.toSeconds()
            + " s (limits.max_buffered_bytes: "
            + account.limit()
            + ", shared by all calls)",
        Duration.ofSeconds(1));
  }

  /** It holds nothing any more. Idempotent. */
  void over() {
    holds(0);
    over = true;
  }
}
