package dev.infermux.tokentrace.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
  private final OtlpResponses answers = new OtlpResponses();
  private final MetricExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param retries null = one attempt an export
   */
  public OtlpMetrics(OtlpTarget target, @Nullable RetryPolicy retries) {
    this.target = target;
    this.exporter = Exporters.metrics(target, retries, answers);
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode done = new CompletableResultCode();
    answers
        .to(() -> exporter.export(metrics))
        .onSuccess(this::tell)
        .onComplete(r -> done.succeed());
    return done;
  }

  private void tell(OtlpResponse answer) {
    boolean taken = answer.verdict() == OtlpResponse.Verdict.TAKEN;
    if (taken && failing.compareAndSet(true, false)) {
      LOG.info("OTLP collector {} takes metrics again", target.endpoint());
    } else if (!taken && failing.compareAndSet(false, true)) {
      LOG.warn("OTLP collector {} does not take metrics: {}", target.endpoint(), answer.problem());
    }
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return exporter.getAggregationTemporality(instrument);
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType instrument) {
    return exporter.getDefaultAggregation(instrument);
  }

  @Override
  public MemoryMode getMemoryMode() {
    return exporter.getMemoryMode();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
