package dev.infermux.dialect.mist;

import dev.infermux.dialect.openai.ChatBodies;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.time.Time;
import org.jspecify.annotations.Nullable;

/**
 * A MIST InferRequest as the router wants it: {@code params} become fields of an OpenAI chat body,
 * numbers as they were written.
 *
 * @param pin the only provider that may serve it, or null
 * @param traceparent from {@code meta}, or null
 */
public record InferRequestReader(
    RequestBody body, @Nullable String pin, Attribution attribution, @Nullable String traceparent) {

  private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};

  /**
   * Translates a request.
   *
   * @param json the InferRequest
   * @param outer what the listener already knows of the caller; {@code meta} speaks only where that
   *     is silent
   * @throws InferenceException with an {@link InvalidRequest} naming the field
   */
  public static InferRequestReader of(byte[] json, Attribution outer, boolean stream) {
    return of(InferFields.read(json), outer, stream);
  }

  /** The same where {@code params.stream} says whether a stream is asked for. */
  public static InferRequestReader of(byte[] json, Attribution outer) {
    InferFields request = InferFields.read(json);
    return of(request, outer, asksStream(request.params()));
  }

  private static InferRequestReader of(InferFields request, Attribution outer, boolean stream) {
    String pin = request.provider();
    return new InferRequestReader(
        ChatBodies.of(request.params(), request.model(), request.messages(), stream),
        pin.isEmpty() ? null : pin,
        attribution(request, outer),
        request.traceparent());
  }

  /**
   * The call of a listener without a connection or credential of its caller.
   *
   * @param ingress as events name the listener
   */
  public Call call(String requestId, String ingress, Time time) {
    return new Call(
        requestId,
        Operation.CHAT,
        body,
        pin,
        attribution,
        null,
        CallerHeaders.NONE,
        new Origin(ingress, "", "", null, traceparent, null),
        new Cancellation(),
        time.epochNanos(),
        time.nanos(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }

  private static boolean asksStream(@Nullable JsonSlice params) {
    boolean asked = false;
    JsonCursor json = params == null ? JsonSlice.of("{}").cursor() : params.cursor();
    json.enterObject();
    while (json.nextField()) {
      boolean names = json.nameIs(STREAM);
      JsonKind kind = json.kind();
      if (names && kind == JsonKind.BOOLEAN) {
        asked = json.booleanValue();
      } else if (names && kind != JsonKind.NULL) {
        throw InferFields.invalid("params.stream", kind, "true or false");
      } else {
        json.skip();
      }
    }
    return asked;
  }

  private static Attribution attribution(InferFields request, Attribution outer) {
    return outer.equals(Attribution.ANONYMOUS)
        ? AttributionText.of(request.caller(), request.project(), request.env(), "meta.")
        : outer;
  }
}
