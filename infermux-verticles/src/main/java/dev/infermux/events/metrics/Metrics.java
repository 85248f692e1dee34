package dev.infermux.events.metrics;

import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of one InferMux: what others measure, the JVM's own, and the text of it all. Each
 * instance has a registry of its own, so that two in one JVM do not mix. Thread-safe.
 */
public final class Metrics {

  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

  public Metrics() {
    JvmFacts.register(registry);
  }

  /** Adds a value that is asked for at each scrape, on the scraping thread. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(point -> read(name, () -> point.call(value.getAsDouble())))
        .register(registry);
  }

  /**
   * The same with one value for each value of a label; a label value that is gone vanishes.
   *
   * @param label such as {@code provider}; its values must be bounded in number
   */
  public void gauges(
      String name,
      String help,
      String label,
      Supplier<? extends Map<String, ? extends Number>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(
            point ->
                read(
                    name,
                    () ->
                        values.get().forEach((key, value) -> point.call(value.doubleValue(), key))))
        .register(registry);
  }

  /** Adds a count that never falls and is asked for at each scrape. */
  public void counter(String name, String help, LongSupplier count) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(point -> read(name, () -> point.call((double) count.getAsLong())))
        .register(registry);
  }

  /**
   * Renders every metric; it takes a few milliseconds, so do it off the event loop.
   *
   * @param accept the header of that name; OpenMetrics when it asks for that, else Prometheus text
   */
  public MetricsText render(@Nullable String accept) {
    ExpositionFormatWriter writer =
        accept != null && openMetrics.accepts(accept) ? openMetrics : prometheus;
    ByteArrayOutputStream out = new ByteArrayOutputStream(32 * 1024);
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory can not fail", e);
    }
    return new MetricsText(writer.getContentType(), Buffer.buffer(out.toByteArray()));
  }

  /** The same for an exporter of OpenTelemetry. */
  public MetricProducer producer() {
    return new RegistryProducer(registry);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  /** One broken value must not cost the scrape all others. */
  private static void read(String name, Runnable value) {
    try {
      value.run();
    } catch (Throwable e) {
      LOG.warn("metric {} has no value: {}", name, e.toString());
    }
  }
}
