package dev.infermux.events.tracing;

import dev.infermux.events.FailureText;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Origin;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** The span of a gRPC request, from its metadata to the end of its answer. */
record RpcFacts(FinishedCall call) implements SpanFacts {

  /** What the origin of calls over gRPC says. */
  static final String INGRESS = "grpc";

  @Override
  public String name() {
    return route();
  }

  /** Only what is the server's fault: a failure of ours or a provider's. */
  @Override
  public boolean failed() {
    int status = call.outcome().httpStatus();
    return status >= 500 || (status < 400 && call.outcome().status().equals("error"));
  }

  @Override
  public @Nullable String errorText() {
    Failure failure = call.outcome().failure();
    return failed() && failure != null ? FailureText.of(failure) : null;
  }

  @Override
  public void attributes(AttributesBuilder into) {
    Origin origin = call.origin();
    String route = route();
    int slash = route.lastIndexOf('/');
    into.put(SpanAttributes.RPC_SYSTEM, INGRESS)
        .put(SpanAttributes.RPC_SERVICE, slash < 0 ? route : route.substring(0, slash))
        .put(SpanAttributes.RPC_METHOD, route.substring(slash + 1));
    SpanAttributes.putIfAny(into, SpanAttributes.CLIENT, origin.clientAddress());
    if (origin.userAgent() != null) {
      into.put(SpanAttributes.USER_AGENT, origin.userAgent());
    }
    Failure failure = call.outcome().failure();
    if (failed() && failure != null) {
      into.put(GenAi.ERROR_TYPE, failure.code());
    }
  }

  /** Service and method, as spans of RPCs are called. */
  private String route() {
    String route = call.origin().route();
    return route.startsWith("/") ? route.substring(1) : route;
  }
}
