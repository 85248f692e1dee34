package dev.infermux.events.tracing;

import dev.infermux.events.FailureText;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Origin;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** The span of the HTTP request, from its head to the last byte of its answer. */
record ServerFacts(FinishedCall call) implements SpanFacts {

  private static final String METHOD = "POST";

  @Override
  public String name() {
    return METHOD + " " + call.origin().route();
  }

  /** Only what is the server's fault: a 5xx, or a stream that broke after its 200. */
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
    int status = call.outcome().httpStatus();
    into.put(SpanAttributes.METHOD, METHOD)
        .put(SpanAttributes.ROUTE, origin.route())
        .put(SpanAttributes.PATH, origin.route())
        .put(SpanAttributes.STATUS_CODE, (long) status);
    SpanAttributes.putIfAny(into, SpanAttributes.CLIENT, origin.clientAddress());
    if (origin.userAgent() != null) {
      into.put(SpanAttributes.USER_AGENT, origin.userAgent());
    }
    Failure failure = call.outcome().failure();
    if (failed() && failure != null) {
      into.put(GenAi.ERROR_TYPE, status >= 500 ? Integer.toString(status) : failure.code());
    }
  }
}
