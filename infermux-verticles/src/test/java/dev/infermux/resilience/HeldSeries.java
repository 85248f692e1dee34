package dev.infermux.resilience;

import java.util.List;
import java.util.stream.Stream;

/** The metrics of what calls hold: at rest each of them is zero. */
final class HeldSeries {

  private static final List<String> OF_ALL =
      List.of(
          "infermux_in_flight",
          "infermux_buffered_bytes{of=\"requests\"}",
          "infermux_buffered_bytes{of=\"answers\"}",
          "infermux_buffered_bytes{of=\"streams\"}",
          "infermux_buffered_bytes{of=\"unsent\"}",
          "infermux_buffered_bytes{of=\"events\"}",
          "infermux_event_streams",
          "infermux_budget_held_usd",
          "infermux_budget_open_holds");

  private HeldSeries() {}

  static List<String> of(String... providers) {
    Stream<String> each =
        Stream.of(providers)
            .map(provider -> "infermux_provider_in_flight{provider=\"" + provider + "\"}");
    return Stream.concat(OF_ALL.stream(), each).toList();
  }
}
