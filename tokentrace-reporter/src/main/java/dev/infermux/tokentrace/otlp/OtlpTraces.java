package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.export.Outcome;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.record.FinishedSpan;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;

/**
 * Sends spans over OTLP, in OpenTelemetry's own encoding; unsampled ones it leaves alone. The bytes
 * travel over Vert.x: OpenTelemetry's senders would bring a second HTTP stack with threads of its
 * own, and log every failure.
 */
public final class OtlpTraces implements Sink<SpanData> {
  private final OtlpTarget target;
  private final OtlpChannel channel;

  public OtlpTraces(Vertx vertx, OtlpTarget target) {
    this.target = target;
    this.channel = target.open(vertx, Signal.TRACES);
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public String target() {
    return "OTLP collector " + target.endpoint();
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean wants(FinishedSpan span) {
    return span.getSpanContext().isSampled();
  }

  @Override
  public SpanData prepare(FinishedSpan span) {
    // All that the facts may throw is thrown here, where it costs this span alone.
    Objects.requireNonNull(span.getName(), "name");
    span.getStatus();
    span.getAttributes();
    return span;
  }

  @Override
  public Future<Outcome<SpanData>> send(List<SpanData> batch) {
    return channel.send(TraceRequestMarshaler.create(batch)).map(reply -> outcome(reply, batch));
  }

  private static Outcome<SpanData> outcome(OtlpReply reply, List<SpanData> batch) {
    return switch (reply.verdict()) {
      case TAKEN -> Outcome.refused(Math.min(reply.rejected(), batch.size()), reply.problem());
      case LATER -> Outcome.later(batch, reply.pauseMillis(), reply.problem());
      case REFUSED -> Outcome.refused(batch.size(), reply.problem());
    };
  }

  @Override
  public Future<Void> close() {
    return channel.close();
  }
}
