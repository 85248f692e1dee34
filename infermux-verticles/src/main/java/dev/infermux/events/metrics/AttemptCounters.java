package dev.infermux.events.metrics;

import dev.infermux.inference.record.AttemptRecord;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/** Counts how attempts ended and what followed them: a retry in place, or another provider. */
final class AttemptCounters {

  private static final String OK = "ok";

  private final Counter attempts;
  private final Counter retries;
  private final Counter failovers;

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
  }

  /** The attempts of one finished call, in order. */
  void count(List<AttemptRecord> made) {
    for (int i = 0; i < made.size(); i++) {
      AttemptRecord attempt = made.get(i);
      String provider = attempt.provider();
      attempts.labelValues(provider, attempt.kind() == null ? OK : attempt.kind().wireName()).inc();
      if (i + 1 < made.size()) {
        boolean again = made.get(i + 1).provider().equals(provider);
        (again ? retries : failovers).labelValues(provider).inc();
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
}
