package dev.infermux.events.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.Iterator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A registry whose metrics can be written one by one, in the order of their names. */
final class FamilyRegistry extends PrometheusRegistry {

  private final ConcurrentNavigableMap<String, MetricFamily> families =
      new ConcurrentSkipListMap<>();

  @Override
  public void register(Collector collector) {
    super.register(collector);
    String name = name(collector);
    if (families.putIfAbsent(name, new MetricFamily(name, collector)) != null) {
      throw new IllegalArgumentException(name + ": there is such a metric (choose another name)");
    }
  }

  /** The samples of a metric that is registered come from there. */
  void source(Collector collector, SampleSource source) {
    MetricFamily family = families.get(name(collector));
    if (family == null) {
      throw new IllegalArgumentException(name(collector) + ": is not registered");
    }
    family.from(source);
  }

  private static String name(Collector collector) {
    MetricFamilyDescriptor known = collector.getMetricFamilyDescriptor();
    return known == null ? "" : known.getMetadata().getPrometheusName();
  }

  /** In the order of their names. */
  Iterator<MetricFamily> families() {
    return families.values().iterator();
  }

  void write(TextFormat format, SampleText samples) {
    families.values().forEach(family -> family.write(format, samples));
  }
}
