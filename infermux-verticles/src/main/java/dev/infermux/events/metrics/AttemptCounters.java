package dev.infermux.events.metrics;

import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts how attempts ended and what followed them: a retry in place, or another provider. All
 * series of a provider are there, at 0, from its first attempt on, so that a first failure shows in
 * a rate.
 */
final class AttemptCounters {

  private static final String OK = "ok";

  /** Providers that have left, for which a last scrape may be due. */
  static final int MOST_DEPARTED = 100;

  private final Counter attempts;
  private final Counter retries;
  private final Counter failovers;
  private final Counter malformedChunks;
  private final Map<String, Series> providers = new ConcurrentHashMap<>();

  private final Predicate<String> present;

  /**
   * @param present whether there is a provider of this name now
   */
  AttemptCounters(FamilyRegistry registry, Predicate<String> present) {
    this.present = present;
    this.attempts =
        labelled(
            registry,
            "infermux_attempts_total",
            "Attempts at a provider by how they ended.",
            "provider",
            "class");
    this.retries =
        labelled(
            registry,
            "infermux_retries_total",
            "Attempts repeated at the same provider.",
            "provider");
    this.failovers =
        labelled(
            registry, "infermux_failovers_total", "Calls moved on from a provider.", "provider");
    this.malformedChunks =
        labelled(
            registry,
            "infermux_malformed_chunks_total",
            "Chunks of streams that were left out because they could not be read.",
            "provider");
    registry.source(attempts, (own, samples) -> all().forEach(one -> one.attempts(own, samples)));
    source(registry, retries, one -> one.retries);
    source(registry, failovers, one -> one.failovers);
    source(registry, malformedChunks, one -> one.malformedChunks);
  }

  private Collection<Series> all() {
    return providers.values();
  }

  private void source(
      FamilyRegistry registry, Counter counter, Function<Series, CounterDataPoint> count) {
    registry.source(
        counter,
        (own, samples) ->
            all().forEach(one -> samples.sample(own, one.labels, count.apply(one).get())));
  }

  /** The attempts of one finished call, in order. */
  void count(List<AttemptRecord> made) {
    for (int i = 0; i < made.size(); i++) {
      String provider = made.get(i).provider();
      Series series = of(provider);
      series.ended(made.get(i).kind()).inc();
      series.malformedChunks.inc(made.get(i).droppedChunks());
      if (i + 1 < made.size()) {
        boolean again = made.get(i + 1).provider().equals(provider);
        (again ? series.retries : series.failovers).inc();
      }
    }
  }

  private Series of(String provider) {
    Series known = providers.get(provider);
    return known == null ? make(provider) : known;
  }

  private synchronized Series make(String provider) {
    List<String> departed =
        providers.keySet().stream().filter(name -> !present.test(name)).toList();
    if (departed.size() > MOST_DEPARTED) {
      departed.forEach(this::forget);
    }
    return providers.computeIfAbsent(provider, Series::new);
  }

  private void forget(String provider) {
    providers.remove(provider);
    attempts.remove(provider, OK);
    for (FailureClass kind : FailureClass.values()) {
      attempts.remove(provider, kind.wireName());
    }
    retries.remove(provider);
    failovers.remove(provider);
    malformedChunks.remove(provider);
  }

  private static Counter labelled(
      FamilyRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /** What is counted for one provider. */
  private final class Series {
    private final TextPiece labels;
    private final TextPiece okLabels;
    private final Map<FailureClass, TextPiece> failedLabels = new EnumMap<>(FailureClass.class);
    private final CounterDataPoint ok;
    private final Map<FailureClass, CounterDataPoint> failed = new EnumMap<>(FailureClass.class);
    private final CounterDataPoint retries;
    private final CounterDataPoint failovers;
    private final CounterDataPoint malformedChunks;

    Series(String provider) {
      this.labels = TextPiece.labels("provider", provider);
      this.okLabels = TextPiece.labels("class", OK, "provider", provider);
      this.malformedChunks = AttemptCounters.this.malformedChunks.labelValues(provider);
      this.ok = attempts.labelValues(provider, OK);
      for (FailureClass kind : FailureClass.values()) {
        failed.put(kind, attempts.labelValues(provider, kind.wireName()));
        failedLabels.put(kind, TextPiece.labels("class", kind.wireName(), "provider", provider));
      }
      this.retries = AttemptCounters.this.retries.labelValues(provider);
      this.failovers = AttemptCounters.this.failovers.labelValues(provider);
    }

    void attempts(String name, SampleText samples) {
      samples.sample(name, okLabels, ok.get());
      failed.forEach(
          (kind, count) ->
              samples.sample(name, Objects.requireNonNull(failedLabels.get(kind)), count.get()));
    }

    CounterDataPoint ended(@Nullable FailureClass kind) {
      return kind == null ? ok : Objects.requireNonNull(failed.get(kind));
    }
  }
}
