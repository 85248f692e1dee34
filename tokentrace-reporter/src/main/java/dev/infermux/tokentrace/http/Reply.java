package dev.infermux.tokentrace.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A whole answer. */
public record Reply(int status, MultiMap headers, Buffer body) {
  private static final int LONGEST_EXCERPT = 200;

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return status == 408 || status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** What {@code Retry-After} asks for, when it is a number of seconds; else 0. */
  public long pauseMillis() {
    String after = headers.get("retry-after");
    boolean seconds = after != null && after.strip().matches("\\d{1,6}");
    return after != null && seconds ? Long.parseLong(after.strip()) * 1000 : 0;
  }

  /** The status and the beginning of the body, safe to log. */
  public String described() {
    String text = body.getString(0, Math.min(body.length(), LONGEST_EXCERPT));
    String oneLine = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return "HTTP " + status + (oneLine.isEmpty() ? "" : ": " + oneLine);
  }
}
