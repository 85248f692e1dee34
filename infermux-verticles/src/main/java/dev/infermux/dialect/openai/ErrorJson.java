package dev.infermux.dialect.openai;

import dev.infermux.inference.Failure;
import dev.infermux.json.JsonStrings;
import io.vertx.core.buffer.Buffer;

/**
 * The one shape of every error: all four keys, {@code code} a string, as the strictest SDKs demand.
 */
public final class ErrorJson {

  private ErrorJson() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure) {
    return Buffer.buffer(json(failure));
  }

  /** The error as the last event of a stream; named, since some SDKs swallow it otherwise. */
  public static Buffer event(Failure failure) {
    return Buffer.buffer("event: error\ndata: " + json(failure) + "\n\n");
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
    String reason = failure.reason();
    if (reason != null) {
      json.append(",\"reason\":");
      JsonStrings.quote(json, reason);
    }
    return json.append("}}").toString();
  }
}
