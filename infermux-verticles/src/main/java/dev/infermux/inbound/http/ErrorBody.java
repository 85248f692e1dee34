package dev.infermux.inbound.http;

import dev.infermux.inference.Failure;
import dev.infermux.json.JsonStrings;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/**
 * The one shape of every error: all four keys, {@code code} a string, as the strictest SDKs demand.
 */
final class ErrorBody {

  private ErrorBody() {}

  static Buffer of(Failure failure) {
    return Buffer.buffer(json(failure));
  }

  /** The error as the last event of a stream; named, since some SDKs swallow it otherwise. */
  static Buffer event(Failure failure) {
    return Buffer.buffer("event: error\ndata: " + json(failure) + "\n\n");
  }

  /** Sets the headers that go with a failure. */
  static void describe(Failure failure, MultiMap headers) {
    // A provider's own code may be in it, whatever characters that has.
    headers.set(Names.ERROR, HeaderText.of(failure.code()));
    Duration wait = failure.retryAfter();
    if (wait != null) {
      long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    if (!failure.worthRetrying()) {
      headers.set(Names.SHOULD_RETRY, Names.FALSE);
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
