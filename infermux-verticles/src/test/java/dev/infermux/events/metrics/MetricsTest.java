package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics(System::nanoTime);

  @Test
  void what_others_measure_is_asked_for_at_each_scrape() {
    long[] count = {1};
    metrics.gauge("infermux_requests_in_flight", "Calls in flight.", () -> count[0] * 2.0);
    metrics.counter("infermux_events_dropped_total", "Events lost.", () -> count[0]);
    metrics.gauges(
        "infermux_circuit_state",
        "0 closed, 2 open.",
        "provider",
        () -> Map.of("openai", count[0]));

    assertThat(text(null))
        .contains(
            "infermux_requests_in_flight 2.0",
            "infermux_events_dropped_total 1.0",
            "infermux_circuit_state{provider=\"openai\"} 1.0");
    count[0] = 7;
    assertThat(text(null)).contains("infermux_requests_in_flight 14.0");
  }

  @Test
  void one_broken_value_does_not_cost_the_others() {
    metrics.gauge(
        "infermux_broken",
        "Broken.",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    metrics.gauge("infermux_fine", "Fine.", () -> 1);

    assertThat(text(null)).contains("infermux_fine 1.0").doesNotContain("infermux_broken ");
  }

  @Test
  void the_jvm_is_there() {
    assertThat(text(null))
        .contains("jvm_memory_used_bytes{", "jvm_threads_current ", "process_start_time_seconds ");
  }

  @Test
  void open_metrics_is_for_those_who_accept_it() {
    MetricsText open = metrics.render("application/openmetrics-text; version=1.0.0, text/plain");
    MetricsText plain = metrics.render("text/html, */*");

    assertThat(open.contentType()).startsWith("application/openmetrics-text");
    assertThat(open.body().toString()).endsWith("# EOF\n");
    assertThat(plain.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(plain.body().toString()).doesNotContain("# EOF");
  }

  @Test
  void two_in_one_process_do_not_mix() {
    Metrics other = new Metrics(System::nanoTime);
    metrics.gauge("infermux_mine", "Mine.", () -> 1);
    other.gauge("infermux_mine", "Theirs.", () -> 2);

    assertThat(text(null)).contains("infermux_mine 1.0");
    assertThat(other.render(null).body().toString()).contains("infermux_mine 2.0");
  }

  private String text(String accept) {
    return metrics.render(accept).body().toString();
  }
}
