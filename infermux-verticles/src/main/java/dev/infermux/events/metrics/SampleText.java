package dev.infermux.events.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;

/**
 * Writes the samples of metrics, a line each. Both exposition formats spell them alike, and as the
 * library does.
 */
final class SampleText {

  private final TextBytes out;
  private final Slices slices;

  SampleText(TextBytes out, Slices slices) {
    this.out = out;
    this.slices = slices;
  }

  TextBytes out() {
    return out;
  }

  /**
   * Writes all samples of one metric.
   *
   * @param name of its samples; of a histogram or summary what comes before {@code _count}
   */
  void write(String name, MetricSnapshot metric) {
    if (metric instanceof CounterSnapshot counter) {
      counter.getDataPoints().forEach(point -> sample(name, point.getLabels(), point.getValue()));
    } else if (metric instanceof GaugeSnapshot gauge) {
      gauge.getDataPoints().forEach(point -> sample(name, point.getLabels(), point.getValue()));
    } else if (metric instanceof HistogramSnapshot histogram) {
      histogram.getDataPoints().forEach(point -> histogram(name, point));
    } else if (metric instanceof SummarySnapshot summary) {
      summary.getDataPoints().forEach(point -> summary(name, point));
    } else if (metric instanceof InfoSnapshot info) {
      info.getDataPoints().forEach(point -> info(name, point.getLabels()));
    } else {
      throw new IllegalArgumentException(name + ": " + metric.getClass() + " is not written here");
    }
  }

  private void histogram(String name, HistogramSnapshot.HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    int from = out.length();
    begin(name, "_bucket", point.getLabels(), "le");
    int to = out.length();
    long count = 0;
    for (int i = 0; i < buckets.size(); i++) {
      if (i > 0) {
        out.repeat(from, to);
      }
      count += buckets.getCount(i);
      out.add(buckets.getUpperBound(i));
      out.add("\"} ");
      out.add(count);
      out.add('\n');
    }
    countAndSum(name, point);
  }

  private void summary(String name, SummarySnapshot.SummaryDataPointSnapshot point) {
    for (Quantile quantile : point.getQuantiles()) {
      begin(name, "", point.getLabels(), "quantile");
      out.add(quantile.getQuantile());
      out.add("\"} ");
      out.add(quantile.getValue());
      out.add('\n');
    }
    countAndSum(name, point);
  }

  private void countAndSum(String name, DistributionDataPointSnapshot point) {
    if (point.hasCount()) {
      begin(name, "_count", point.getLabels());
      out.add(point.getCount());
      end();
    }
    if (point.hasSum()) {
      begin(name, "_sum", point.getLabels());
      out.add(point.getSum());
      end();
    }
  }

  private void info(String name, Labels labels) {
    begin(name, "", labels);
    out.add('1');
    end();
  }

  /** One sample; {@code labels} are {@link TextPiece#labels}. */
  void sample(String name, TextPiece labels, double value) {
    out.add(name);
    if (!labels.isEmpty()) {
      out.add('{');
      out.add(labels);
      out.add('}');
    }
    out.add(' ');
    out.add(value);
    end();
  }

  /** One sample with two parts of its labels. */
  void sample(String name, TextPiece labels, TextPiece more, double value) {
    out.add(name);
    out.add('{');
    out.add(labels);
    out.add(',');
    out.add(more);
    out.add("} ");
    out.add(value);
    end();
  }

  /** One sample with one label. */
  void sample(String name, String label, String labelValue, double value) {
    out.add(name);
    out.add('{');
    label(label, labelValue);
    out.add("} ");
    out.add(value);
    end();
  }

  private void sample(String name, Labels labels, double value) {
    begin(name, "", labels);
    out.add(value);
    end();
  }

  private void begin(String name, String suffix, Labels labels) {
    out.add(name);
    out.add(suffix);
    if (!labels.isEmpty()) {
      out.add('{');
      add(labels);
      out.add('}');
    }
    out.add(' ');
  }

  /** Ends within the value of a further label. */
  private void begin(String name, String suffix, Labels labels, String further) {
    out.add(name);
    out.add(suffix);
    out.add('{');
    if (!labels.isEmpty()) {
      add(labels);
      out.add(',');
    }
    out.add(further);
    out.add("=\"");
  }

  private void end() {
    out.add('\n');
    slices.next();
  }

  private void add(Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        out.add(',');
      }
      label(labels.getPrometheusName(i), labels.getValue(i));
    }
  }

  private void label(String name, String value) {
    out.add(name);
    out.add("=\"");
    out.addEscaped(value);
    out.add('"');
  }
}
