package dev.infermux.tokentrace.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Builds OpenTelemetry's exporters. They report on themselves to no meter: by default that would be
 * the global OpenTelemetry's.
 */
final class Exporters {
  private Exporters() {}

  /**
   * Without retries: the lane before it has them, and counts them.
   *
   * @param threads the sender's; it does not end them
   */
  static SpanExporter spans(OtlpTarget to, ComponentLoader senders, ExecutorService threads) {
    return to.grpc() ? grpcSpans(to, senders, threads) : httpSpans(to, senders, threads);
  }

  private static SpanExporter httpSpans(
      OtlpTarget to, ComponentLoader senders, ExecutorService threads) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(to.url("/v1/traces"))
            .setHeaders(to::headers)
            .setCompression(to.compression())
            .setConnectTimeout(to.timeout())
            .setTimeout(to.timeout())
            .setRetryPolicy(null)
            .setExecutorService(threads)
            .setMeterProvider(MeterProvider.noop())
            .setComponentLoader(senders);
    to.route().trust(exporter::setSslContext);
    to.route().proxy(exporter::setProxy);
    return exporter.build();
  }

  private static SpanExporter grpcSpans(
      OtlpTarget to, ComponentLoader senders, ExecutorService threads) {
    OtlpGrpcSpanExporterBuilder exporter =
        OtlpGrpcSpanExporter.builder()
            .setEndpoint(to.endpoint().toString())
            .setHeaders(to::headers)
            .setCompression(to.compression())
            .setConnectTimeout(to.timeout())
            .setTimeout(to.timeout())
            .setRetryPolicy(null)
            .setExecutorService(threads)
            .setMeterProvider(MeterProvider.noop())
            .setComponentLoader(senders);
    to.route().trust(exporter::setSslContext);
    return exporter.build();
  }

  /**
   * @param retries null = one attempt an export
   */
  static MetricExporter metrics(
      OtlpTarget to, @Nullable RetryPolicy retries, ComponentLoader senders) {
    return to.grpc() ? grpcMetrics(to, retries, senders) : httpMetrics(to, retries, senders);
  }

  private static MetricExporter httpMetrics(
      OtlpTarget to, @Nullable RetryPolicy retries, ComponentLoader senders) {
    OtlpHttpMetricExporterBuilder exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(to.url("/v1/metrics"))
            .setHeaders(to::headers)
            .setCompression(to.compression())
            .setConnectTimeout(to.timeout())
            .setTimeout(to.timeout())
            .setRetryPolicy(retries)
            .setMeterProvider(MeterProvider.noop())
            .setComponentLoader(senders);
    to.route().trust(exporter::setSslContext);
    to.route().proxy(exporter::setProxyOptions);
    return exporter.build();
  }

  private static MetricExporter grpcMetrics(
      OtlpTarget to, @Nullable RetryPolicy retries, ComponentLoader senders) {
    OtlpGrpcMetricExporterBuilder exporter =
        OtlpGrpcMetricExporter.builder()
            .setEndpoint(to.endpoint().toString())
            .setHeaders(to::headers)
            .setCompression(to.compression())
            .setConnectTimeout(to.timeout())
            .setTimeout(to.timeout())
            .setRetryPolicy(retries)
            .setMeterProvider(MeterProvider.noop())
            .setComponentLoader(senders);
    to.route().trust(exporter::setSslContext);
    return exporter.build();
  }
}
