package dev.infermux.testing;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** One request as it arrived, and what became of its answer. Safe to read from any thread. */
public final class MockRequest {

  /** How far the answer is. */
  public enum State {
    ANSWERING,
    ANSWERED,
    /** The peer closed the connection before the script was done. */
    ABANDONED
  }

  private final String method;
  private final String target;
  private final MultiMap headers;
  private final byte[] body;
  private final int connection;
  private final long arrivedNanos = System.nanoTime();
  private final AtomicLong bytesSent = new AtomicLong();
  private volatile State state = State.ANSWERING;
  private volatile long endedNanos;

  MockRequest(String method, String target, MultiMap headers, byte[] body, int connection) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.connection = connection;
  }

  public String method() {
    return method;
  }

  /** The request target with its query. */
  public String target() {
    return target;
  }

  public MultiMap headers() {
    return headers;
  }

  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The number of the connection it came on; requests with the same one shared it. */
  public int connection() {
    return connection;
  }

  public State state() {
    return state;
  }

  public boolean abandoned() {
    return state == State.ABANDONED;
  }

  /** Bytes of the answer that were given to the socket. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** {@link System#nanoTime()} when the request was complete. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** {@link System#nanoTime()} when the answer was done or abandoned; 0 before. */
  public long endedNanos() {
    return endedNanos;
  }

  void sent(int bytes) {
    bytesSent.addAndGet(bytes);
  }

  void end(State how) {
    if (state == State.ANSWERING) {
      endedNanos = System.nanoTime();
      state = how;
    }
  }
}
