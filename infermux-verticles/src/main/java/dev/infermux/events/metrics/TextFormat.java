package dev.infermux.events.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One of the two exposition formats: they differ in what is said of a metric before its samples.
 */
final class TextFormat {

  static final TextFormat PROMETHEUS = new TextFormat(PrometheusTextFormatWriter.create(), "");
  static final TextFormat OPEN_METRICS =
      new TextFormat(OpenMetricsTextFormatWriter.create(), "# EOF\n");

  private final ExpositionFormatWriter writer;
  private final String end;

  /**
   * What is said of a metric.
   *
   * @param text the lines before its samples
   * @param name of its samples; of a histogram or summary what comes before {@code _count}
   */
  record Heading(String text, String name) {}

  private TextFormat(ExpositionFormatWriter writer, String end) {
    this.writer = writer;
    this.end = end;
  }

  /**
   * Finds the one that a scraper wants.
   *
   * @param accept the header of that name; OpenMetrics when it asks for that
   */
  static TextFormat of(@Nullable String accept) {
    return accept != null && OPEN_METRICS.writer.accepts(accept) ? OPEN_METRICS : PROMETHEUS;
  }

  String contentType() {
    return writer.getContentType();
  }

  /** The last line of all. */
  String end() {
    return end;
  }

  /** As the library has it; null of a metric of which it writes nothing now. */
  @Nullable Heading heading(MetricSnapshot metric) {
    StringBuilder text = new StringBuilder();
    for (String line : byLibrary(metric).split("\n", -1)) {
      if (line.startsWith("#")) {
        text.append(line).append('\n');
      } else if (line.isEmpty()) {
        return null;
      } else {
        return new Heading(text.toString(), name(metric, line));
      }
    }
    return null;
  }

  private static String name(MetricSnapshot metric, String sample) {
    if (metric instanceof HistogramSnapshot || metric instanceof SummarySnapshot) {
      return metric.getMetadata().getPrometheusName();
    }
    int end = sample.indexOf(sample.indexOf('{') < 0 ? ' ' : '{');
    return sample.substring(0, end);
  }

  private String byLibrary(MetricSnapshot metric) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, MetricSnapshots.of(metric));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toString(UTF_8);
  }
}
