package dev.infermux.mock.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One request as it arrived, credentials and all; a listener observes its answer. */
public final class WireRequest {

  private final String method;
  private final String target;
  private final MultiMap headers;
  private final Buffer body;
  private final int connection;
  private final boolean last;
  private final List<MockAnswerListener> listeners = new CopyOnWriteArrayList<>();

  WireRequest(RequestHead head, Buffer body, int connection) {
    this.method = head.method();
    this.target = head.target();
    this.headers = head.headers();
    this.body = body;
    this.connection = connection;
    this.last = head.last();
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

  public Buffer body() {
    return body;
  }

  /** The number of the connection it came on; requests with the same one shared it. */
  public int connection() {
    return connection;
  }

  /** Sets the listener of the answer's progress. */
  public void tell(MockAnswerListener listener) {
    listeners.add(listener);
  }

  /** Whether the peer wants the connection closed after it. */
  boolean last() {
    return last;
  }

  void sent(int bytes) {
    listeners.forEach(listener -> listener.sent(bytes));
  }

  void end(MockAnswerListener.State how) {
    listeners.forEach(listener -> listener.end(how));
  }
}
