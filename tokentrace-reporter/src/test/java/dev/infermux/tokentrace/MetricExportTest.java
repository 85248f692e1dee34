package dev.infermux.tokentrace;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricExportTest extends ReporterTest {
  private final OtlpReceiver collector = closing(OtlpReceiver.start(vertx));

  private SdkMeterProvider meters(Protocol protocol) {
    TelemetryOptions options =
        TelemetryOptions.defaults()
            .withOtlp(Otlp.at(collector.endpoint(), protocol))
            .withExport(QUICK);
    PeriodicMetricReader reader =
        PeriodicMetricReader.create(TokenTraceReporter.metricExporter(options).orElseThrow());
    SdkMeterProvider meters = SdkMeterProvider.builder().registerMetricReader(reader).build();
    return closing(meters);
  }

  /** By name, for the SDK adds metrics of its own. */
  private Metric metric(String name) {
    return collector.metrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElse(Metric.getDefaultInstance());
  }

  private static CompletableResultCode flushed(SdkMeterProvider meters) {
    return meters.forceFlush().join(60, SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void metrics_go_where_the_spans_go(Protocol protocol) {
    SdkMeterProvider meters = meters(protocol);
    meters
        .get("test")
        .histogramBuilder(GenAi.V1_41.durationMetric())
        .setUnit("s")
        .build()
        .record(0.5);

    assertThat(flushed(meters).isSuccess()).isTrue();

    assertThat(metric("gen_ai.client.operation.duration").getHistogram().getDataPointsList())
        .extracting(HistogramDataPoint::getSum)
        .containsExactly(0.5);
  }

  @Test
  void what_a_failed_export_did_not_deliver_the_next_one_does() {
    SdkMeterProvider meters = meters(Protocol.HTTP_PROTOBUF);
    meters.get("test").counterBuilder("calls").build().add(3);

    collector.answers(503);
    flushed(meters);
    assertThat(collector.metrics()).isEmpty();
    collector.recovers();
    eventually(
        () -> {
          flushed(meters); // a reader that is still at its last export does nothing
          assertThat(metric("calls").getSum().getDataPointsList())
              .extracting(NumberDataPoint::getAsInt)
              .containsExactly(3L);
        });
  }

  @Test
  void without_a_collector_there_is_nothing_to_export_metrics_with() {
    assertThat(TokenTraceReporter.metricExporter(TelemetryOptions.defaults())).isEmpty();
  }
}
