package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
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

  private final FamilyRegistry registry = new FamilyRegistry();
  private final Ticker ticker;
  private final Exposition plain;
  private final Exposition open;

  /** {@code ticker} tells how old what is known of the JVM is. */
  public Metrics(Ticker ticker) {
    this.ticker = ticker;
    this.plain = new Exposition(TextFormat.PROMETHEUS, registry, ticker);
    this.open = new Exposition(TextFormat.OPEN_METRICS, registry, ticker);
    JvmFacts.register(registry);
  }

  /**
   * Names the format that a scraper gets.
   *
   * @param accept the header of that name; OpenMetrics when it asks for that, else Prometheus text
   */
  public static String contentType(@Nullable String accept) {
    return TextFormat.of(accept).contentType();
  }

  /** Adds a value that is asked for at each scrape, on the scraping thread. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback gauge =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(point -> read(name, () -> point.call(value.getAsDouble())))
            .register(registry);
    registry.source(
        gauge, (own, samples) -> samples.sample(own, TextPiece.NONE, value.getAsDouble()));
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
    GaugeWithCallback gauge =
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames(label)
            .callback(
                point ->
                    read(
                        name,
                        () -> values.get().forEach((key, v) -> point.call(v.doubleValue(), key))))
            .register(registry);
    registry.source(
        gauge,
        (own, samples) ->
            values.get().forEach((key, v) -> samples.sample(own, label, key, v.doubleValue())));
  }

  /** Adds a count that never falls and is asked for at each scrape. */
  public void counter(String name, String help, LongSupplier count) {
    CounterWithCallback counter =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .callback(point -> read(name, () -> point.call((double) count.getAsLong())))
            .register(registry);
    registry.source(
        counter, (own, samples) -> samples.sample(own, TextPiece.NONE, (double) count.getAsLong()));
  }

  /**
   * Renders every metric as it is now, and what is known of the JVM, which may be five seconds old.
   * With many series it takes milliseconds, so do it off the event loop.
   *
   * @param accept the header of that name; OpenMetrics when it asks for that, else Prometheus text
   */
  public MetricsText render(@Nullable String accept) {
    Rendering rendering = exposition(accept).begin(new Slices(ticker, Thread::yield));
    while (rendering.slice()) {}
    return rendering.text();
  }

  /**
   * Whether {@link #begin} has little to do: the last text in this format was short, and what is
   * known of the JVM need not be read.
   */
  public boolean quick(@Nullable String accept) {
    return exposition(accept).quick();
  }

  /** The same text as {@link #render}, made slice by slice as the caller asks for them. */
  public Rendering begin(@Nullable String accept) {
    return exposition(accept).begin(Slices.NONE);
  }

  private Exposition exposition(@Nullable String accept) {
    return TextFormat.of(accept) == TextFormat.PROMETHEUS ? plain : open;
  }

  /** The same for an exporter of OpenTelemetry. */
  public MetricProducer producer() {
    return new RegistryProducer(registry);
  }

  FamilyRegistry registry() {
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
