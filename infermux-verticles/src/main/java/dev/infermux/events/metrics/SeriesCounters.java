package dev.infermux.events.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the sums of all series to a scrape. */
final class SeriesCounters {

  private static final double NANOS_PER_DOLLAR = 1e9;

  private final PrometheusRegistry registry;
  private final SeriesTable table;

  private SeriesCounters(PrometheusRegistry registry, SeriesTable table) {
    this.registry = registry;
    this.table = table;
  }

  static void register(PrometheusRegistry registry, SeriesTable table) {
    SeriesCounters counters = new SeriesCounters(registry, table);
    counters.addSplit(
        "infermux_requests_total",
        "Finished calls by status: ok, error or cancelled.",
        "status",
        List.of(
            new Part("ok", series -> series.ok.doubleValue()),
            new Part("error", series -> series.errors.doubleValue()),
            new Part("cancelled", series -> series.cancelled.doubleValue())));
    counters.addSplit(
        "infermux_tokens_total",
        "Tokens by direction; input includes the cached ones.",
        "direction",
        List.of(
            new Part("input", series -> series.tokensIn.doubleValue()),
            new Part("output", series -> series.tokensOut.doubleValue())));
    counters.add(
        "infermux_cost_usd_total",
        "US dollars that providers charged.",
        series -> series.costNanos.sum() / NANOS_PER_DOLLAR);
    counters.add(
        "infermux_cached_tokens_total",
        "Input tokens read from a provider's cache.",
        series -> series.tokensCached.doubleValue());
    counters.add(
        "infermux_unpriced_total",
        "Charged attempts for which no price is known.",
        series -> series.unpriced.doubleValue());
  }

  private void add(String name, String help, ToDoubleFunction<ModelSeries> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("provider", "model")
        .callback(
            point ->
                table.forEach(
                    series ->
                        point.call(value.applyAsDouble(series), series.provider, series.model)))
        .register(registry);
  }

  private void addSplit(String name, String help, String label, List<Part> parts) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("provider", "model", label)
        .callback(point -> table.forEach(series -> parts.forEach(part -> part.show(series, point))))
        .register(registry);
  }

  /** One value of a further label. */
  private record Part(String label, ToDoubleFunction<ModelSeries> value) {

    void show(ModelSeries series, CounterWithCallback.Callback point) {
      point.call(value.applyAsDouble(series), series.provider, series.model, label);
    }
  }
}
