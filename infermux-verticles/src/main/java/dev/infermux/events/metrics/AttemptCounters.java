package dev.infermux.events.metrics;

import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts how attempts ended and what followed them: a retry in place, or another provider. All
 * series of a provider are there, at 0, from its first attempt on, so that a first failure shows in
 * a rate.
 */
final class AttemptCounters {

  private static final String OK = "ok";

  private final Counter attempts;
  private final Counter retries;
  private final Counter failovers;
  private final Counter malformedChunks;
  private final Map<String, Series> providers = new ConcurrentHashMap<>();

  AttemptCounters(PrometheusRegistry registry) {
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
  }

  /** The attempts of one finished call, in order. */
  void count(List<AttemptRecord> made) {
    for (int i = 0; i < made.size(); i++) {
      String provider = made.get(i).provider();
      Series series = providers.computeIfAbsent(provider, Series::new);
      series.ended(made.get(i).kind()).inc();
      series.malformedChunks.inc(made.get(i).droppedChunks());
      if (i + 1 < made.size()) {
        boolean again = made.get(i + 1).provider().equals(provider);
        (again ? series.retries : series.failovers).inc();
      }
    }
  }

  private static Counter labelled(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /** What is counted for one provider. */
  private final class Series {
    private final CounterDataPoint ok;
    private final Map<FailureClass, CounterDataPoint> failed = new EnumMap<>(FailureClass.class);
    private final CounterDataPoint retries;
    private final CounterDataPoint failovers;
    private final CounterDataPoint malformedChunks;

    Series(String provider) {
      this.malformedChunks = AttemptCounters.this.malformedChunks.labelValues(provider);
      this.ok = attempts.labelValues(provider, OK);
      for (FailureClass kind : FailureClass.values()) {
        failed.put(kind, attempts.labelValues(provider, kind.wireName()));
      }
      this.retries = AttemptCounters.this.retries.labelValues(provider);
      this.failovers = AttemptCounters.this.failovers.labelValues(provider);
    }

    CounterDataPoint ended(@Nullable FailureClass kind) {
      return kind == null ? ok : Objects.requireNonNull(failed.get(kind));
    }
  }
}
