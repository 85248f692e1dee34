package dev.infermux.mock;

import dev.infermux.mock.http.MockAnswerListener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request as the mock saw it, and what became of its answer. Credentials in its headers are
 * masked. Safe to read from any thread while it goes on.
 */
public final class MockRequest implements MockAnswerListener {

  private final InstantSource clock;
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Instant receivedAt;
  private final AtomicLong bytesSent = new AtomicLong();
  private volatile String behaviour = "";
  private volatile String model = "";
  private volatile State state = State.ANSWERING;
  private volatile @Nullable Instant firstByteAt;
  private volatile @Nullable Instant endedAt;

  /** A request that is complete now; its body must not change afterwards. */
  public MockRequest(
      InstantSource clock, String method, String path, Map<String, String> headers, byte[] body) {
    this.clock = clock;
    this.method = method;
    this.path = path;
    this.headers = Collections.unmodifiableMap(CredentialMasking.masked(headers));
    this.body = body;
    this.receivedAt = clock.instant();
  }

  public String method() {
    return method;
  }

  /** With its query. */
  public String path() {
    return path;
  }

  /** By their names in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  int bodyBytes() {
    return body.length;
  }

  /** The model that was asked for; empty when there was none to be read. */
  public String model() {
    return model;
  }

  /** The behaviour that it met, in words; empty when none was chosen. */
  public String behaviour() {
    return behaviour;
  }

  public State state() {
    return state;
  }

  /** Whether the caller hung up; {@link #endedAt()} says when. */
  public boolean abandoned() {
    return state == State.ABANDONED;
  }

  /** Bytes of the answer that were handed over. */
  public long bytesSent() {
    return bytesSent.get();
  }

  public Instant receivedAt() {
    return receivedAt;
  }

  /** When the answer began; null before, and for one that never did. */
  public @Nullable Instant firstByteAt() {
    return firstByteAt;
  }

  /** When the answer was done or abandoned; null before. */
  public @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Notes what it meets. */
  public void meets(ResponsePlan plan) {
    model = plan.call().model();
    behaviour = plan.behaviour().toString();
  }

  @Override
  public void sent(int bytes) {
    if (firstByteAt == null) {
      firstByteAt = clock.instant();
    }
    bytesSent.addAndGet(bytes);
  }

  @Override
  public void end(State how) {
    if (state == State.ANSWERING) {
      endedAt = clock.instant();
      state = how;
    }
  }
}
