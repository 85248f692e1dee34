package dev.infermux.events.metrics;

import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts finished calls. Their number, latency and first token count under the model that served;
 * tokens and money under each attempt that was charged. The work on the call's thread is a look-up
 * and some additions.
 */
public final class MetricsCallListener implements CallListener {

  /** Seconds; from a cache's answer to a long stream's. */
  private static final double[] BUCKETS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320
  };

  private final SeriesTable table;
  private final Counter refusals;
  private final AttemptCounters attempts;

  /**
   * Registers the metrics of calls.
   *
   * @param configured whether the configuration names this model; it must be quick and thread-safe
   * @param present the same of a provider
   */
  public MetricsCallListener(
      Metrics metrics, Predicate<String> configured, Predicate<String> present) {
    FamilyRegistry registry = metrics.registry();
    this.table =
        new SeriesTable(
            configured,
            present,
            seconds(registry, "infermux_latency_seconds", "From request to last byte."),
            seconds(
                registry,
                "infermux_time_to_first_token_seconds",
                "From request to the first content of a stream."));
    this.refusals =
        Counter.builder()
            .name("infermux_refusals_total")
            .help("Calls refused before any attempt.")
            .labelNames("code")
            .withoutExemplars()
            .register(registry);
    this.attempts = new AttemptCounters(registry, present);
    SeriesCounters.register(registry, table);
  }

  @Override
  public void finished(CallRecord record) {
    ServedBy servedBy = record.servedBy();
    Failure failure = record.outcome().failure();
    String model = servedBy.provider().isEmpty() ? record.call().model() : servedBy.model();
    table
        .of(servedBy.provider(), model, failure == null)
        .finished(record.outcome().status(), record.latencyNanos(), record.firstTokenNanos());
    attempts.count(record.attempts());
    charges(record.attempts());
    if (failure != null && record.attempts().isEmpty()) {
      refusals.labelValues(codeOf(failure)).inc();
    }
  }

  /** A code from another node could be anything. */
  private static String codeOf(Failure failure) {
    return failure instanceof Failure.Remote ? SeriesTable.OTHER : failure.code();
  }

  private void charges(List<AttemptRecord> attempts) {
    for (int i = 0; i < attempts.size(); i++) {
      AttemptRecord attempt = attempts.get(i);
      if (attempt.charge() != null) {
        table.of(attempt.provider(), attempt.model(), true).charged(attempt.charge());
      }
    }
  }

  private static Histogram seconds(FamilyRegistry registry, String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames("provider", "model")
        .classicOnly()
        .classicUpperBounds(BUCKETS)
        .withoutExemplars()
        .register(registry);
  }
}
