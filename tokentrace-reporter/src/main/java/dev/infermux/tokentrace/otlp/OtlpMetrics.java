package dev.infermux.tokentrace.otlp;

import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics to the collector that gets the spans, for a reader of OpenTelemetry's SDK. Sums are
 * cumulative, so a failed export loses nothing: the next one carries it. It therefore never reports
 * failure to the reader, which would log each; it says itself when failures begin and end.
 */
public final class OtlpMetrics implements MetricExporter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  private final OtlpTarget target;
  private final OtlpChannel channel;
  private final AtomicBoolean failing = new AtomicBoolean();

  public OtlpMetrics(Vertx vertx, OtlpTarget target) {
    this.target = target;
    this.channel = target.open(vertx, Signal.METRICS);
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode done = new CompletableResultCode();
    channel
        .send(MetricsRequestMarshaler.create(metrics))
        .otherwise(cause -> OtlpReply.later(0, String.valueOf(cause.getMessage())))
        .onSuccess(reply -> tell(reply.verdict() == OtlpReply.Verdict.TAKEN, reply.problem()))
        .onComplete(result -> done.succeed());
    return done;
  }

  private void tell(boolean taken, String problem) {
    if (taken && failing.compareAndSet(true, false)) {
      LOG.info("OTLP collector {} takes metrics again", target.endpoint());
    } else if (!taken && failing.compareAndSet(false, true)) {
      LOG.warn("OTLP collector {} does not take metrics: {}", target.endpoint(), problem);
    }
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return AggregationTemporality.CUMULATIVE;
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    CompletableResultCode done = new CompletableResultCode();
    channel.close().onComplete(result -> done.succeed());
    return done;
  }
}
