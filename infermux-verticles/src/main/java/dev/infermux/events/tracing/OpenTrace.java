package dev.infermux.events.tracing;

import dev.infermux.inference.Call;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.tokentrace.span.OpenSpan;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open spans of one call. */
final class OpenTrace implements CallTrace {

  private final SpanTracer tracer;
  private final Call call;
  private final @Nullable OpenSpan server;
  private final OpenSpan infer;
  private final List<Open> attempts = new ArrayList<>(1);

  /** An attempt at a provider as it was reached then: another one may bear its name by the end. */
  private record Open(OpenSpan span, Peer peer) {}

  OpenTrace(SpanTracer tracer, Call call, @Nullable OpenSpan server, OpenSpan infer) {
    this.tracer = tracer;
    this.call = call;
    this.server = server;
    this.infer = infer;
  }

  @Override
  public String traceId() {
    return infer.traceId();
  }

  @Override
  public AttemptTrace attempt(String provider) {
    OpenSpan attempt = tracer.spans().start(SpanKind.CLIENT, infer, tracer.epochNanos(call));
    attempts.add(new Open(attempt, tracer.peer(provider)));
    String traceparent = attempt.traceparent();
    return new AttemptTrace(
        tracer.spans().enabled() ? attempt.spanId() : "",
        traceparent.isEmpty() ? null : traceparent);
  }

  @Override
  public void finished(CallRecord record) {
    if (!tracer.spans().enabled()) {
      return;
    }
    FinishedCall done = FinishedCall.of(record);
    List<AttemptRecord> ended = done.attempts();
    for (int i = 0; i < ended.size(); i++) {
      end(done, ended.get(i), i + 1);
    }
    long end = done.startedEpochNanos() + done.latencyNanos();
    infer.end(end, new InferFacts(done, tracer.names()));
    if (server != null) {
      boolean rpc = done.origin().ingress().equals(RpcFacts.INGRESS);
      server.end(end, rpc ? new RpcFacts(done) : new ServerFacts(done));
    }
  }

  private void end(FinishedCall done, AttemptRecord attempt, int number) {
    for (Open open : attempts) {
      if (open.span().spanId().equals(attempt.spanId())) {
        long end = attempt.startedEpochNanos() + attempt.durationNanos();
        open.span().end(end, new AttemptFacts(done, number, open.peer()));
        return;
      }
    }
  }
}
