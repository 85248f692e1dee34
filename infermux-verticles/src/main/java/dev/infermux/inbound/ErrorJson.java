package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import dev.infermux.json.JsonStrings;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/**
 * The one shape of every error: all four keys, {@code code} a string, as the strictest SDKs demand.
 */
public final class ErrorJson {

  private static final CharSequence ERROR = HttpHeaders.createOptimized("X-Infermux-Error");
  private static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");
  private static final CharSequence FALSE = HttpHeaders.createOptimized("false");

  private ErrorJson() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure) {
    return Buffer.buffer(json(failure));
  }

  /** The error as the last event of a stream; named, since some SDKs swallow it otherwise. */
  public static Buffer event(Failure failure) {
    return Buffer.buffer("event: error\ndata: " + json(failure) + "\n\n");
  }

  /** Sets the headers that go with a failure. */
  public static void describe(Failure failure, MultiMap headers) {
    // A provider's own code may be in it, whatever characters that has.
    headers.set(ERROR, HeaderText.of(failure.code()));
    Duration wait = failure.retryAfter();
    if (wait != null) {
      long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    if (!failure.worthRetrying()) {
      headers.set(SHOULD_RETRY, FALSE);
    }
  }

  private static String json(Failure failure) {
    StringBuilder json = new StringBuilder(160).append("{\"error\":{\"message\":");
    JsonStrings.quote(json, failure.message());
    json.append(",\"type\":\"infermux_error\",\"code\":");
    JsonStrings.quote(json, failure.code());
    json.append(",\"param\":");
    String param = failure.param();
    if (param == null) {
      json.append("null");
    } else {
      JsonStrings.quote(json, param);
    }
    return json.append("}}").toString();
  }
}
