package dev.infermux.mock.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** A connection, as the steps of an answer see it. Used on its event loop only. */
public interface WireChannel {

  Vertx vertx();

  /** Goes on to the next step. */
  void next();

  /** Writes; completes when the socket has taken the bytes. */
  Future<Void> write(Buffer bytes);

  /** Whether the peer reads slower than is written. */
  boolean full();

  /** Calls back once when the peer has caught up. */
  void whenDrained(Runnable then);

  /** Whether the peer has left. */
  boolean closed();

  /** Closes it in order. */
  void close();

  /** Tears it down. */
  void reset();
}
