package dev.infermux.events.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The series of every provider and model, bounded for any input: a configured model has its own,
 * another one once a provider has served it and while the table has capacity; else it is counted
 * under {@code _other}.
 */
final class SeriesTable {

  static final String OTHER = "_other";
  static final String NO_PROVIDER = "_none";

  /** Pairs of provider and model that are not configured. */
  static final int MOST_SERIES = 500;

  private final Predicate<String> configured;
  private final Histogram latency;
  private final Histogram firstToken;
  private final Map<String, Map<String, ModelSeries>> providers = new ConcurrentHashMap<>();
  private final AtomicInteger strangers = new AtomicInteger();

  SeriesTable(Predicate<String> configured, Histogram latency, Histogram firstToken) {
    this.configured = configured;
    this.latency = latency;
    this.firstToken = firstToken;
  }

  /**
   * Finds the series to count under.
   *
   * @param provider empty when none was reached
   * @param served whether the provider answered for this model
   */
  ModelSeries of(String provider, String model, boolean served) {
    Map<String, ModelSeries> models = providers.get(provider);
    ModelSeries known = models == null ? null : models.get(model);
    return known != null ? known : add(provider, model, served);
  }

  void forEach(Consumer<ModelSeries> action) {
    providers.values().forEach(models -> models.values().forEach(action));
  }

  private ModelSeries add(String provider, String model, boolean served) {
    boolean named =
        !model.isEmpty() && (configured.test(model) || (served && strangers.get() < MOST_SERIES));
    return make(provider, named ? model : OTHER);
  }

  private ModelSeries make(String provider, String model) {
    return providers
        .computeIfAbsent(provider, any -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            model,
            any -> {
              strangers.addAndGet(configured.test(model) ? 0 : 1);
              String label = provider.isEmpty() ? NO_PROVIDER : provider;
              return new ModelSeries(
                  label,
                  model,
                  latency.labelValues(label, model),
                  firstToken.labelValues(label, model));
            });
  }
}
