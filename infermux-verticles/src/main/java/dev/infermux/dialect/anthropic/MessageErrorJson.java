package dev.infermux.dialect.anthropic;

import dev.infermux.inference.Failure;
import dev.infermux.json.JsonOutput;
import io.vertx.core.buffer.Buffer;

/** Errors as Anthropic's clients read them, with the gateway's own code beside the type. */
public final class MessageErrorJson {

  private MessageErrorJson() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure) {
    return Buffer.buffer(json(failure).toBytes());
  }

  /** The error as the last event of a stream. */
  public static Buffer event(Failure failure) {
    return Buffer.buffer("event: error\ndata: ")
        .appendBytes(json(failure).toBytes())
        .appendString("\n\n");
  }

  private static JsonOutput json(Failure failure) {
    JsonOutput json = new JsonOutput(256).object().field("type", "error").name("error").object();
    json.field("type", type(failure.status()));
    json.field("message", failure.message());
    json.field("code", failure.code());
    String param = failure.param();
    if (param != null) {
      json.field("param", param);
    }
    return json.endObject().endObject();
  }

  /** Anthropic's word for a status. */
  static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404, 405 -> "not_found_error";
      case 409 -> "conflict_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503, 529 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    };
  }
}
