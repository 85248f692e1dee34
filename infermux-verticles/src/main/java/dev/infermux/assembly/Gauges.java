package dev.infermux.assembly;

import dev.infermux.events.EventPublisher;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.MetricsCallListener;
import dev.infermux.pipeline.Admission;

/** Introduces the parts that have a number to show to the metrics. */
final class Gauges {

  private Gauges() {}

  /** Registers all of them; the result counts finished calls. */
  static MetricsCallListener register(
      Metrics metrics,
      ProviderNames names,
      CurrentPrices prices,
      Admission admission,
      EventPublisher publisher) {
    metrics.gauge("infermux_in_flight", "Calls being served now.", admission::inFlight);
    metrics.gauge(
        "infermux_unpriced_models",
        "Models that were served and have no price.",
        () -> prices.book().unpricedModels());
    metrics.counter(
        "infermux_event_drops_total",
        "Events that were not published, or lost by an exporter that did not keep up.",
        publisher::dropped);
    return new MetricsCallListener(metrics, names::configured, names::present);
  }
}
