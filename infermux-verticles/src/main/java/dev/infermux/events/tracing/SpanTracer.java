package dev.infermux.events.tracing;

import dev.infermux.inference.Call;
import dev.infermux.inference.Origin;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.time.Ticker;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.trace.SpanKind;
import java.util.function.Function;

/**
 * Traces each call as one SERVER span, where it came over HTTP, around one routing span, around one
 * CLIENT span an attempt. While a call runs only ids are drawn and times taken; names and
 * attributes are read off the finished call, where its spans end or later. Where spans are off, an
 * incoming context is still passed on to the provider.
 */
public final class SpanTracer implements CallTracer {

  private final Spans spans;
  private final Function<String, Peer> peers;
  private final GenAi names;
  private final Ticker ticker;

  /**
   * @param peers finds a provider by its name; it must know every name, and any thread may ask
   * @param names which version of the GenAI conventions to speak
   */
  public SpanTracer(Spans spans, Function<String, Peer> peers, GenAi names, Ticker ticker) {
    this.spans = spans;
    this.peers = peers;
    this.names = names;
    this.ticker = ticker;
  }

  @Override
  public CallTrace start(Call call) {
    Origin origin = call.origin();
    if (!spans.enabled() && origin.traceparent() == null) {
      return CallTrace.NONE;
    }
    SpanParent caller = SpanParent.remote(origin.traceparent(), origin.tracestate());
    long start = call.startedEpochNanos();
    if (!origin.ingress().equals("http") && !origin.ingress().equals(RpcFacts.INGRESS)) {
      return new OpenTrace(this, call, null, spans.start(SpanKind.INTERNAL, caller, start));
    }
    var server = spans.start(SpanKind.SERVER, caller, start);
    return new OpenTrace(this, call, server, spans.start(SpanKind.INTERNAL, server, start));
  }

  Spans spans() {
    return spans;
  }

  GenAi names() {
    return names;
  }

  Peer peer(String provider) {
    return peers.apply(provider);
  }

  /** The wall clock, kept steady within a call by the monotonic one. */
  long epochNanos(Call call) {
    return call.startedEpochNanos() + ticker.nanos() - call.startedNanos();
  }
}
