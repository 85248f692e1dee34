package dev.infermux.events.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the sums of all series to a scrape. */
final class SeriesCounters {

  private static final double NANOS_PER_DOLLAR = 1e9;

  private final FamilyRegistry registry;
  private final SeriesTable table;

  private SeriesCounters(FamilyRegistry registry, SeriesTable table) {
    this.registry = registry;
    this.table = table;
  }

  static void register(FamilyRegistry registry, SeriesTable table) {
    SeriesCounters counters = new SeriesCounters(registry, table);
    counters.addSplit(
        "infermux_requests_total",
        "Finished calls by status: ok, error or cancelled.",
        "status",
        List.of(
            Part.after("status", "ok", series -> series.ok.sum()),
            Part.after("status", "error", series -> series.errors.sum()),
            Part.after("status", "cancelled", series -> series.cancelled.sum())));
    counters.addSplit(
        "infermux_tokens_total",
        "Tokens by direction; input includes the cached ones.",
        "direction",
        List.of(
            Part.before("direction", "input", series -> series.tokensIn.sum()),
            Part.before("direction", "output", series -> series.tokensOut.sum())));
    counters.add(
        "infermux_cost_usd_total",
        "US dollars that providers charged.",
        series -> series.costNanos.sum() / NANOS_PER_DOLLAR);
    counters.add(
        "infermux_cached_tokens_total",
        "Input tokens read from a provider's cache.",
        series -> series.tokensCached.sum());
    counters.add(
        "infermux_unpriced_total",
        "Charged attempts for which no price is known.",
        series -> series.unpriced.sum());
  }

  private void add(String name, String help, ToDoubleFunction<ModelSeries> value) {
    CounterWithCallback counter =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames("provider", "model")
            .callback(
                point ->
                    table.forEach(
                        one -> point.call(value.applyAsDouble(one), one.provider, one.model)))
            .register(registry);
    registry.source(
        counter,
        (own, samples) ->
            table.forEach(one -> samples.sample(own, one.labels, value.applyAsDouble(one))));
  }

  private void addSplit(String name, String help, String label, List<Part> parts) {
    CounterWithCallback counter =
        CounterWithCallback.builder()
            .name(name)
            .help(help)
            .labelNames("provider", "model", label)
            .callback(point -> table.forEach(one -> parts.forEach(part -> part.show(one, point))))
            .register(registry);
    registry.source(
        counter,
        (own, samples) ->
            table.forEach(one -> parts.forEach(part -> part.write(own, one, samples))));
  }

  /**
   * One value of a further label.
   *
   * @param text that label and its value
   * @param first whether it stands before the others
   */
  private record Part(
      String label, TextPiece text, boolean first, ToDoubleFunction<ModelSeries> value) {

    static Part before(String name, String label, ToDoubleFunction<ModelSeries> value) {
      return new Part(label, TextPiece.labels(name, label), true, value);
    }

    static Part after(String name, String label, ToDoubleFunction<ModelSeries> value) {
      return new Part(label, TextPiece.labels(name, label), false, value);
    }

    void show(ModelSeries series, CounterWithCallback.Callback point) {
      point.call(value.applyAsDouble(series), series.provider, series.model, label);
    }

    void write(String name, ModelSeries series, SampleText samples) {
      samples.sample(
          name,
          first ? text : series.labels,
          first ? series.labels : text,
          value.applyAsDouble(series));
    }
  }
}
