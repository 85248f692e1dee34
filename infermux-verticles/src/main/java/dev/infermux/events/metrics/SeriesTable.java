package dev.infermux.events.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

  /** Series of what has left, for which a last scrape may be due. */
  static final int MOST_DEPARTED = 500;

  /** How many are made between two looks for those. */
  private static final int LOOK_EVERY = 50;

  private final Predicate<String> configured;
  private final Predicate<String> present;
  private final Histogram latency;
  private final Histogram firstToken;
  private final Map<String, Map<String, ModelSeries>> providers = new ConcurrentHashMap<>();
  private final AtomicInteger strangers = new AtomicInteger();
  private int made;

  /**
   * @param configured whether the configuration names this model
   * @param present whether it has a provider of this name
   */
  SeriesTable(
      Predicate<String> configured,
      Predicate<String> present,
      Histogram latency,
      Histogram firstToken) {
    this.configured = configured;
    this.present = present;
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

  private synchronized ModelSeries make(String provider, String model) {
    if (++made % LOOK_EVERY == 0) {
      forgetDeparted();
    }
    return providers
        .computeIfAbsent(provider, any -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            model,
            any -> {
              boolean stranger = !configured.test(model);
              strangers.addAndGet(stranger ? 1 : 0);
              String label = provider.isEmpty() ? NO_PROVIDER : provider;
              return new ModelSeries(
                  label,
                  model,
                  stranger,
                  latency.labelValues(label, model),
                  firstToken.labelValues(label, model));
            });
  }

  /** Providers and models may come and go for ever while the gateway runs. */
  private void forgetDeparted() {
    Set<ModelSeries> departed = new HashSet<>();
    forEach(
        series -> {
          if (hasLeft(series)) {
            departed.add(series);
          }
        });
    if (departed.size() > MOST_DEPARTED) {
      providers.values().forEach(models -> models.values().removeAll(departed));
      providers.values().removeIf(Map::isEmpty);
      departed.forEach(this::forgotten);
    }
  }

  private boolean hasLeft(ModelSeries series) {
    return (!series.provider.equals(NO_PROVIDER) && !present.test(series.provider))
        || (!series.stranger && !configured.test(series.model));
  }

  private void forgotten(ModelSeries series) {
    strangers.addAndGet(series.stranger ? -1 : 0);
    latency.remove(series.provider, series.model);
    firstToken.remove(series.provider, series.model);
  }
}
