package dev.infermux.events.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.infermux.events.Samples;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text is the one that the Prometheus library writes of the same metrics. */
class ExpositionTest {

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    10,
    9_999_999,
    10_000_000,
    1L << 53,
    1e300,
    Double.MIN_VALUE,
    -1,
    -12,
    1.5,
    .001,
    1e-4,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Long.MAX_VALUE
  };
  private static final List<String> VALUES =
      List.of(
          "", "plain", "a\\b", "say \"hi\"", "two\nlines", "\\n", "né", "日本", "🙂 x", "{a=\"b\"}");

  private final FamilyRegistry registry = new FamilyRegistry();

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of(TextFormat.PROMETHEUS, PrometheusTextFormatWriter.create()),
        Arguments.of(TextFormat.OPEN_METRICS, OpenMetricsTextFormatWriter.create()));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void every_kind_of_metric_reads_as_the_library_writes_it(
      TextFormat format, ExpositionFormatWriter library) throws IOException {
    counters();
    gauges();
    distributions();
    Info.builder()
        .name("app")
        .help("Built.")
        .labelNames("version")
        .register(registry)
        .addLabelValues("1.0");

    for (int again = 0; again < 2; again++) {
      assertThat(ours(format)).isEqualTo(byLibrary(library));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void what_the_library_tells_of_the_jvm_is_written_too(
      TextFormat format, ExpositionFormatWriter library) throws IOException {
    JvmMetrics.builder().register(registry);

    assertThat(headings(ours(format))).isNotEmpty().isEqualTo(headings(byLibrary(library)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void metric_whose_first_sample_comes_later_has_its_heading_then(
      TextFormat format, ExpositionFormatWriter library) throws IOException {
    Counter late = Counter.builder().name("late").help("L.").labelNames("a").register(registry);
    assertThat(ours(format)).isEqualTo(byLibrary(library));

    late.labelValues("x").inc();

    assertThat(ours(format)).isEqualTo(byLibrary(library)).contains("late_total{a=\"x\"} 1.0");
  }

  @Test
  void kind_that_is_not_written_is_no_silent_gap() {
    StateSet.builder().name("state").states("a", "b").register(registry).setTrue("a");

    TextBytes text = new TextBytes(8);
    SampleText samples = new SampleText(text, Slices.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> samples.write("state", registry.scrape().get(0)))
        .withMessageStartingWith("state: ");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void metrics_of_calls_and_values_read_as_the_library_writes_them(
      TextFormat format, ExpositionFormatWriter library) throws IOException {
    Metrics metrics = new Metrics(() -> 0);
    MetricsCallListener listener =
        new MetricsCallListener(metrics, model -> true, provider -> true);
    metrics.gauge("a_gauge", "One.", () -> 1.5);
    metrics.counter("a_count_total", "Two.", () -> 2);
    metrics.gauges("gauges", "Three.", "of", () -> Map.of("x\"y", 3, "é", 4.5));
    metrics.gauges("no_gauges", "None.", "of", Map::of);
    for (int again = 0; again < 2; again++) {
      listener.finished(Samples.failedOver());
      listener.finished(Samples.ok("odd\\name", "modél"));
      String accept = format == TextFormat.OPEN_METRICS ? "application/openmetrics-text" : null;

      ByteArrayOutputStream out = new ByteArrayOutputStream();
      library.write(out, metrics.registry().scrape());
      assertThat(own(metrics.render(accept).body().toString()))
          .hasSizeGreaterThan(100)
          .containsExactlyInAnyOrderElementsOf(own(out.toString(UTF_8)));
    }
  }

  private static List<String> own(String text) {
    return text.lines().filter(line -> !line.matches("(# [A-Z]+ )?(jvm|process)_.*")).toList();
  }

  private void counters() {
    Counter.builder().name("plain_total").help("Back\\slash\nand line.").register(registry).inc(3);
    Counter labelled =
        Counter.builder().name("labelled").help("\"Q\" é.").labelNames("z", "a").register(registry);
    VALUES.forEach(value -> labelled.labelValues(value, "x").inc(2));
    Counter.builder().name("unit_seconds").unit(Unit.SECONDS).register(registry).inc(.25);
  }

  private void gauges() {
    Gauge numbers = Gauge.builder().name("numbers").help("All.").labelNames("n").register(registry);
    for (int i = 0; i < NUMBERS.length; i++) {
      numbers.labelValues(Integer.toString(i)).set(NUMBERS[i]);
    }
    Gauge.builder().name("empty").help("None.").labelNames("n").register(registry);
    Gauge.builder().name("size_bytes").unit(Unit.BYTES).help("Size.").register(registry).set(7);
  }

  private void distributions() {
    Histogram histogram =
        Histogram.builder()
            .name("lag_seconds")
            .help("Lag.")
            .labelNames("loop")
            .classicOnly()
            .classicUpperBounds(.001, .5, 1, 1e8)
            .register(registry);
    VALUES.forEach(value -> histogram.labelValues(value).observe(.75));
    Histogram.builder().name("bare").classicOnly().register(registry).observe(2);
    Summary summary =
        Summary.builder().name("gc").help("G.").quantile(.5).labelNames("gc").register(registry);
    VALUES.forEach(value -> summary.labelValues(value).observe(3));
    Summary.builder().name("sums").help("S.").register(registry).observe(4);
  }

  private String ours(TextFormat format) {
    TextBytes text = new TextBytes(8);
    registry.write(format, new SampleText(text, Slices.NONE));
    text.add(format.end());
    return text.buffer().toString();
  }

  private String byLibrary(ExpositionFormatWriter library) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    library.write(out, registry.scrape());
    return out.toString(UTF_8);
  }

  private static List<String> headings(String text) {
    return text.lines().filter(line -> line.startsWith("#")).toList();
  }
}
