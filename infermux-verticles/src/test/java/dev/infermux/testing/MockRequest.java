package dev.infermux.testing;

import static org.awaitility.Awaitility.await;

import dev.infermux.mock.http.MockAnswerListener;
import dev.infermux.mock.http.WireRequest;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request as it arrived, with its credentials, and what became of its answer. Safe to read from
 * any thread.
 */
public final class MockRequest implements MockAnswerListener {

  private final WireRequest wire;
  private final long arrivedNanos = System.nanoTime();
  private final AtomicLong bytesSent = new AtomicLong();
  private volatile State state = State.ANSWERING;
  private volatile long endedNanos;

  MockRequest(WireRequest wire) {
    this.wire = wire;
    wire.tell(this);
  }

  WireRequest wire() {
    return wire;
  }

  public String method() {
    return wire.method();
  }

  /** The request target with its query. */
  public String target() {
    return wire.target();
  }

  public MultiMap headers() {
    return wire.headers();
  }

  public String body() {
    return wire.body().toString(StandardCharsets.UTF_8);
  }

  /** The number of the connection it came on; requests with the same one shared it. */
  public int connection() {
    return wire.connection();
  }

  /** How far the answer is. */
  public State state() {
    return state;
  }

  /** Whether the peer closed the connection before the script was done. */
  public boolean abandoned() {
    return state == State.ABANDONED;
  }

  /** Bytes of the answer that were given to the socket. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Waits until nothing more is sent for a while: how much had been sent then. */
  public long stalledAt() {
    AtomicLong seen = new AtomicLong(-1);
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(60))
        .until(() -> seen.getAndSet(bytesSent()) == bytesSent());
    return bytesSent();
  }

  /** {@link System#nanoTime()} when the request was complete. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** {@link System#nanoTime()} when the answer was done or abandoned; 0 before. */
  public long endedNanos() {
    return endedNanos;
  }

  @Override
  public void sent(int bytes) {
    bytesSent.addAndGet(bytes);
  }

  @Override
  public void end(State how) {
    if (state == State.ANSWERING) {
      endedNanos = System.nanoTime();
      state = how;
    }
  }
}
