package dev.infermux.inbound.http;

import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.inbound.TimeLimit;
import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Turns what the listener knows of an exchange into a call. */
final class CallFactory {

  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  private static final CharSequence TRACESTATE = HttpHeaders.createOptimized("tracestate");

  private CallFactory() {}

  static Call call(
      HttpExchange exchange, Caller caller, String route, Operation operation, RequestBody body) {
    if (operation != Operation.STORED_RESPONSE) { // which names no model: its id leads to one
      caller.admit(body.model());
    }
    return new Call(
        exchange.requestId(),
        operation,
        body,
        null,
        caller.attribution(),
        caller.credential(),
        exchange.request().headers()::get,
        origin(exchange.request(), route, null),
        exchange.cancellation(),
        exchange.startedEpochNanos(),
        exchange.startedNanos(),
        TimeLimit.deadline(exchange.request().headers(), exchange.startedNanos()),
        Call.UNHEARD,
        exchange.hold());
  }

  /** What is known of a request that ends before it is understood. */
  static Call unread(HttpExchange exchange, Caller caller, String route, Operation operation) {
    return new Call(
        exchange.requestId(),
        operation,
        RequestBody.unread(),
        null,
        caller.attribution(),
        null,
        CallerHeaders.NONE,
        origin(exchange.request(), route, null),
        exchange.cancellation(),
        exchange.startedEpochNanos(),
        exchange.startedNanos(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }

  /** A call whose answer is written in MIST's form. */
  static Call mist(
      HttpExchange exchange,
      Caller caller,
      String route,
      InferRequestReader request,
      AnswerFormat format) {
    caller.admit(request.body().model());
    return new Call(
        exchange.requestId(),
        Operation.CHAT,
        request.body(),
        request.pin(),
        request.attribution(),
        caller.credential(),
        exchange.request().headers()::get,
        origin(exchange.request(), route, request.traceparent()),
        exchange.cancellation(),
        exchange.startedEpochNanos(),
        exchange.startedNanos(),
        TimeLimit.deadline(exchange.request().headers(), exchange.startedNanos()),
        Call.UNHEARD,
        new WrittenAnswer(exchange.hold(), format.whole()));
  }

  private static Origin origin(
      HttpServerRequest request, String route, @Nullable String innerTraceparent) {
    String traceparent = request.getHeader(TRACEPARENT);
    // Of the connection: that of the request looks for forwarding headers first, which count for
    // nothing.
    SocketAddress peer = request.connection().remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    return new Origin(
        "http",
        route,
        address == null ? "" : address,
        request.getHeader(HttpHeaders.USER_AGENT),
        traceparent != null ? traceparent : innerTraceparent,
        request.getHeader(TRACESTATE));
  }
}
