package dev.infermux.inbound.grpc;

import dev.infermux.inbound.TimeLimit;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.v1.InferRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Turns what the listener knows of an RPC into a call. */
final class GrpcCalls {

  private GrpcCalls() {}

  /**
   * The call.
   *
   * @throws dev.infermux.inference.InferenceException that says what is wrong with it
   */
  static Call call(RpcExchange<InferRequest, ?> exchange, InferRequest request, boolean stream) {
    Caller caller = exchange.caller();
    MultiMap headers = exchange.headers();
    RequestBody body = InferBody.of(request, stream);
    caller.admit(body.model());
    return new Call(
        exchange.requestId(),
        Operation.CHAT,
        body,
        request.getProvider().isEmpty() ? null : request.getProvider(),
        attribution(caller, request),
        caller.credential(),
        headers::get,
        origin(exchange, request),
        exchange.cancellation(),
        exchange.startedEpochNanos(),
        exchange.startedNanos(),
        Math.min(exchange.deadlineNanos(), TimeLimit.deadline(headers, exchange.startedNanos())),
        Call.UNHEARD,
        exchange.answerBytes());
  }

  /** What is known of an RPC that ends before its request is understood. */
  static Call unread(RpcExchange<InferRequest, ?> exchange) {
    return new Call(
        exchange.requestId(),
        Operation.CHAT,
        RequestBody.unread(),
        null,
        known(exchange),
        null,
        CallerHeaders.NONE,
        origin(exchange, InferRequest.getDefaultInstance()),
        exchange.cancellation(),
        exchange.startedEpochNanos(),
        exchange.startedNanos(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }

  private static Attribution known(RpcExchange<InferRequest, ?> exchange) {
    try {
      return exchange.caller().attribution();
    } catch (InferenceException notLetIn) {
      return Attribution.ANONYMOUS;
    }
  }

  /** The message speaks only where key and metadata are silent. */
  private static Attribution attribution(Caller caller, InferRequest request) {
    if (!request.hasAttribution() || !caller.attribution().equals(Attribution.ANONYMOUS)) {
      return caller.attribution();
    }
    var given = request.getAttribution();
    return AttributionText.of(
        given.getCaller(), given.getProject(), given.getEnv(), "attribution.");
  }

  private static Origin origin(RpcExchange<?, ?> exchange, InferRequest request) {
    MultiMap headers = exchange.headers();
    String traceparent = headers.get(CallMetadata.TRACEPARENT);
    return new Origin(
        "grpc",
        exchange.method(),
        exchange.clientAddress(),
        headers.get(HttpHeaders.USER_AGENT),
        traceparent != null ? traceparent : tag(request, "traceparent"),
        headers.get(CallMetadata.TRACESTATE));
  }

  private static @Nullable String tag(InferRequest request, String name) {
    return request.getTagsMap().get(name);
  }
}
