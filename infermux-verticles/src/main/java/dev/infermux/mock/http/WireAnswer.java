package dev.infermux.mock.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds well-formed HTTP/1.1 heads, bodies and chunks. Immutable. */
public final class WireAnswer {

  private final int status;
  private final Map<String, String> headers;
  private final Buffer body;
  private final Duration wait;

  private WireAnswer(int status, Map<String, String> headers, Buffer body, Duration wait) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.wait = wait;
  }

  /** A JSON body with its length. */
  public static WireAnswer json(int status, String body) {
    return new WireAnswer(status, Map.of(), Buffer.buffer(body), Duration.ZERO)
        .header("content-type", "application/json");
  }

  /** A body of any type with its length. */
  public static WireAnswer of(int status, String mediaType, Buffer body) {
    return new WireAnswer(status, Map.of(), body, Duration.ZERO).header("content-type", mediaType);
  }

  /** A plain text with its length. */
  public static WireAnswer text(String body) {
    return new WireAnswer(200, Map.of(), Buffer.buffer(body), Duration.ZERO)
        .header("content-type", "text/plain; charset=utf-8");
  }

  /** An error body of the mock's own. */
  public static String error(String message) {
    JsonObject error =
        new JsonObject()
            .put("message", message)
            .put("type", "mock_error")
            .put("param", null)
            .put("code", null);
    return new JsonObject().put("error", error).encode();
  }

  public WireAnswer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new WireAnswer(status, more, body, wait);
  }

  public WireAnswer headers(Map<String, String> further) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(further);
    return new WireAnswer(status, more, body, wait);
  }

  /** The same after a wait. */
  public WireAnswer after(Duration time) {
    return new WireAnswer(status, headers, body, time);
  }

  public Iterator<WireStep> steps() {
    return steps(body).iterator();
  }

  /** Half of the body, and then this instead of the rest. */
  public Iterator<WireStep> brokenBy(WireStep end) {
    List<WireStep> steps = steps(body.slice(0, body.length() / 2));
    steps.add(end);
    return steps.iterator();
  }

  private List<WireStep> steps(Buffer sent) {
    List<WireStep> steps = new ArrayList<>();
    if (!wait.isZero()) {
      steps.add(new WireStep.Wait(wait));
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("content-length", String.valueOf(body.length()));
    steps.add(new WireStep.Write(head(status, all).appendBuffer(sent)));
    return steps;
  }

  /** A status line and these headers. */
  public static Buffer head(int status, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Mock\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return Buffer.buffer(head.append("\r\n").toString());
  }

  /** These bytes as one chunk; none of them are the last chunk. */
  public static Buffer chunk(Buffer bytes) {
    return Buffer.buffer(Integer.toHexString(bytes.length()) + "\r\n")
        .appendBuffer(bytes)
        .appendString("\r\n");
  }
}
