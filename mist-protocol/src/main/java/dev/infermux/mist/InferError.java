package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * The failure of a request: {@code infer.error}, an extension of this project.
 *
 * @param code a {@link MistErrorCode} or a code of the HTTP API, such as {@code budget_exceeded}
 * @param retryable whether the same request may be sent again with a hope of success
 * @param status the HTTP status that goes with the failure
 */
public record InferError(String code, String message, boolean retryable, int status)
    implements Payload {

  /** A failure with a code of the family, its status and its retryability. */
  public static InferError of(MistErrorCode code, String message) {
    return new InferError(code.code(), message, code.retryable(), code.status());
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("code", code)
        .text("message", message)
        .flag("retryable", retryable)
        .integer("status", status)
        .end();
  }

  static InferError read(JsonFields in) {
    return new InferError(
        in.text("code"),
        in.text("message"),
        in.flag("retryable"),
        (int) in.integer("status", 0, Integer.MAX_VALUE));
  }
}
