package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.http.Reply;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What became of one export.
 *
 * @param rejected of an export that was taken, the items that were not
 * @param problem empty when there was none
 */
record OtlpResponse(Verdict verdict, int rejected, String problem) {

  /** What that means for the items. */
  enum Verdict {
    TAKEN,
    LATER,
    REFUSED
  }

  static OtlpResponse of(HttpResponse response) {
    int status = response.getStatusCode();
    if (status / 100 == 2) {
      return taken(response.getResponseBody());
    }
    Buffer body = Buffer.buffer(response.getResponseBody());
    Reply reply = new Reply(status, MultiMap.caseInsensitiveMultiMap(), body);
    return new OtlpResponse(
        reply.retryable() ? Verdict.LATER : Verdict.REFUSED, 0, reply.described());
  }

  static OtlpResponse of(GrpcResponse response) {
    GrpcStatusCode status = response.getStatusCode();
    String told = response.getStatusDescription();
    String problem =
        "gRPC status " + status.getValue() + (told == null || told.isEmpty() ? "" : ": " + told);
    return switch (status) {
      case OK -> taken(response.getResponseMessage());
      // What OTLP says may be tried again.
      case CANCELLED,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          OUT_OF_RANGE,
          UNAVAILABLE,
          DATA_LOSS ->
          new OtlpResponse(Verdict.LATER, 0, problem);
      default -> new OtlpResponse(Verdict.REFUSED, 0, problem);
    };
  }

  private static OtlpResponse taken(byte[] response) {
    PartialSuccess left = PartialSuccess.read(response);
    String why = left.message().isEmpty() ? "rejected in part" : left.message();
    return new OtlpResponse(Verdict.TAKEN, left.rejected(), left.rejected() == 0 ? "" : why);
  }

  /** There was none. */
  static OtlpResponse missing(Throwable cause) {
    String message = cause.getMessage();
    String problem = message == null ? cause.getClass().getSimpleName() : message;
    return new OtlpResponse(Verdict.LATER, 0, problem);
  }

  /** The exporter did not send it, and would not at another attempt: it is too large, say. */
  static OtlpResponse unsent(String problem) {
    return new OtlpResponse(Verdict.REFUSED, 0, problem);
  }
}
