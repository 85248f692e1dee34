package dev.infermux.events.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Hands OpenTelemetry what Prometheus scrapes, under the same names and labels. */
final class RegistryProducer implements MetricProducer {

  private static final AggregationTemporality CUMULATIVE = AggregationTemporality.CUMULATIVE;

  private final PrometheusRegistry registry;
  private final Clock clock = Clock.getDefault();
  private final long begun = clock.now();

  RegistryProducer(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    long now = clock.now();
    List<MetricData> metrics = new ArrayList<>();
    for (MetricSnapshot snapshot : registry.scrape()) {
      add(new Reading(resource, snapshot, now), metrics);
    }
    return metrics;
  }

  private void add(Reading of, List<MetricData> metrics) {
    if (of.snapshot() instanceof CounterSnapshot counter) {
      metrics.add(
          of.named("_total", sum(points(counter.getDataPoints(), of.now(), p -> p.getValue()))));
    } else if (of.snapshot() instanceof GaugeSnapshot gauge) {
      metrics.add(
          of.named(
              "",
              GaugeData.createDoubleGaugeData(
                  points(gauge.getDataPoints(), of.now(), p -> p.getValue()))));
    } else if (of.snapshot() instanceof HistogramSnapshot histogram) {
      metrics.add(of.named("", HistogramData.create(CUMULATIVE, histograms(histogram, of.now()))));
    } else if (of.snapshot() instanceof SummarySnapshot summary) {
      metrics.add(
          of.named("_count", sum(points(summary.getDataPoints(), of.now(), p -> p.getCount()))));
      metrics.add(
          of.named("_sum", sum(points(summary.getDataPoints(), of.now(), p -> p.getSum()))));
    }
  }

  private static SumData<DoublePointData> sum(List<DoublePointData> points) {
    return SumData.createDoubleSumData(true, CUMULATIVE, points);
  }

  private <P extends DataPointSnapshot> List<DoublePointData> points(
      List<P> points, long now, ToDoubleFunction<P> value) {
    return points.stream()
        .map(
            point ->
                DoublePointData.create(
                    begun,
                    now,
                    attributes(point.getLabels()),
                    value.applyAsDouble(point),
                    List.of()))
        .toList();
  }

  private List<HistogramPointData> histograms(HistogramSnapshot histogram, long now) {
    return histogram.getDataPoints().stream()
        .filter(HistogramDataPointSnapshot::hasClassicHistogramData)
        .map(point -> histogram(point, now))
        .toList();
  }

  private HistogramPointData histogram(HistogramDataPointSnapshot point, long now) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      counts.add(buckets.getCount(i));
      if (!Double.isInfinite(buckets.getUpperBound(i))) {
        bounds.add(buckets.getUpperBound(i));
      }
    }
    return HistogramPointData.create(
        begun,
        now,
        attributes(point.getLabels()),
        point.getSum(),
        false,
        0,
        false,
        0,
        bounds,
        counts);
  }

  private static Attributes attributes(Labels labels) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(label -> attributes.put(label.getName(), label.getValue()));
    return attributes.build();
  }

  /** One metric of a scrape. */
  private record Reading(Resource resource, MetricSnapshot snapshot, long now) {

    MetricData named(String suffix, Data<?> data) {
      String name = snapshot.getMetadata().getPrometheusName() + suffix;
      String help = snapshot.getMetadata().getHelp();
      return new RegistryMetric(resource, name, help == null ? "" : help, data);
    }
  }
}
