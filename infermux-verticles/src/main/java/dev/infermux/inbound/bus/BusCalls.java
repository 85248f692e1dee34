package dev.infermux.inbound.bus;

import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.TimeLimit;
import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.time.Time;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** Turns one message of the bus into a call. */
final class BusCalls {

  private final String requestId;
  private final MultiMap headers;
  private final Cancellation cancellation = new Cancellation();
  private final AnswerBytes answerBytes;
  private final long startedNanos;
  private final long startedEpochNanos;

  /**
   * @param answerBytes keeps what is answered until the reply is out
   */
  BusCalls(String requestId, MultiMap headers, Time time, AnswerBytes answerBytes) {
    this.answerBytes = answerBytes;
    this.requestId = requestId;
    this.headers = headers;
    this.startedNanos = time.nanos();
    this.startedEpochNanos = time.epochNanos();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /**
   * The call that a message asks for.
   *
   * @throws InferenceException with a {@link Failure.InvalidRequest}
   */
  Call call(@Nullable Object body) {
    if (!(body instanceof Envelope envelope)) {
      String found = body == null ? "nothing" : body.getClass().getSimpleName();
      throw invalid("message: " + found + " (expected: an envelope)", null);
    }
    if (!envelope.type().equals(MistType.INFER_REQUEST)) {
      throw invalid(
          "type: \""
              + HeaderText.of(envelope.type())
              + "\" (expected: "
              + MistType.INFER_REQUEST
              + ")",
          "type");
    }
    InferRequestReader request =
        InferRequestReader.of(envelope.payload().json(), Attribution.ANONYMOUS);
    return call(
        request.body(), request.pin(), request.attribution(), origin(request.traceparent()), true);
  }

  /** What is known of a message that asks for nothing that can be understood. */
  Call unread() {
    return call(RequestBody.unread(), null, Attribution.ANONYMOUS, origin(null), false);
  }

  private Call call(
      RequestBody body,
      @Nullable String pin,
      Attribution attribution,
      Origin origin,
      boolean limited) {
    return new Call(
        requestId,
        Operation.CHAT,
        body,
        pin,
        attribution,
        null,
        CallerHeaders.NONE,
        origin,
        cancellation,
        startedEpochNanos,
        startedNanos,
        limited ? TimeLimit.deadline(headers, startedNanos) : Call.NO_DEADLINE,
        Call.UNHEARD,
        answerBytes);
  }

  private Origin origin(@Nullable String inner) {
    String traceparent = headers.get("traceparent");
    return new Origin(
        "bus", "", "", null, traceparent == null ? inner : traceparent, headers.get("tracestate"));
  }

  private static InferenceException invalid(String message, @Nullable String param) {
    return new InferenceException(new Failure.InvalidRequest(message, param));
  }
}
