package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Usage;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MetricsCallListenerTest {

  private final Metrics metrics = new Metrics(System::nanoTime);
  private final MetricsCallListener witness =
      new MetricsCallListener(
          metrics, Set.of("gpt-4o", "gpt-4o-mini")::contains, name -> !left(name));

  /** Providers that have come and gone. */
  private static boolean left(String provider) {
    return provider.startsWith("gone-");
  }

  @Test
  void a_served_call_counts_under_its_provider_and_model() {
    witness.finished(Samples.failedOver());

    assertThat(scrape())
        .contains(
            "infermux_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"ok\"} 1.0",
            "infermux_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"error\"} 0.0",
            "infermux_tokens_total{direction=\"input\",model=\"gpt-4o\",provider=\"openai\"} 120.0",
            "infermux_tokens_total{direction=\"output\",model=\"gpt-4o\",provider=\"openai\"} 30.0",
            "infermux_cached_tokens_total{model=\"gpt-4o\",provider=\"openai\"} 20.0",
            "infermux_cost_usd_total{model=\"gpt-4o\",provider=\"openai\"} 5.75E-4",
            "infermux_latency_seconds_count{model=\"gpt-4o\",provider=\"openai\"} 1",
            "infermux_latency_seconds_bucket{model=\"gpt-4o\",provider=\"openai\",le=\"1.0\"} 0",
            "infermux_latency_seconds_bucket{model=\"gpt-4o\",provider=\"openai\",le=\"2.5\"} 1",
            "infermux_time_to_first_token_seconds_count{model=\"gpt-4o\",provider=\"openai\"} 1",
            "infermux_attempts_total{class=\"server_error\",provider=\"first\"} 1.0",
            "infermux_attempts_total{class=\"ok\",provider=\"openai\"} 1.0",
            "infermux_failovers_total{provider=\"first\"} 1.0",
            "infermux_failovers_total{provider=\"openai\"} 0.0",
            "infermux_retries_total{provider=\"first\"} 0.0");
  }

  @Test
  void a_second_attempt_at_the_same_provider_is_a_retry_and_no_failover() {
    witness.finished(Samples.retried());

    assertThat(scrape())
        .contains(
            "infermux_attempts_total{class=\"server_error\",provider=\"openai\"} 1.0",
            "infermux_attempts_total{class=\"ok\",provider=\"openai\"} 1.0",
            "infermux_retries_total{provider=\"openai\"} 1.0",
            "infermux_failovers_total{provider=\"openai\"} 0.0");
  }

  @Test
  void a_refused_call_counts_by_its_code() {
    witness.finished(Samples.refused(new Failure.ModelNotFound("no")));

    assertThat(scrape())
        .contains(
            "infermux_requests_total{model=\"gpt-4o\",provider=\"_none\",status=\"error\"} 1.0",
            "infermux_refusals_total{code=\"model_not_found\"} 1.0");
  }

  @Test
  void a_failed_call_is_no_refusal() {
    witness.finished(Samples.failed(new Failure.UpstreamTimeout("late"), FailureClass.SILENCE));

    assertThat(scrape())
        .contains(
            "infermux_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"error\"} 1.0")
        .doesNotContain("infermux_refusals_total{");
  }

  @Test
  void a_charge_without_a_price_is_counted_and_not_a_silent_zero() {
    witness.finished(
        Samples.charged(Samples.ok("vllm", "own"), Usage.reported(5, 6), Cost.UNPRICED));

    assertThat(scrape())
        .contains(
            "infermux_unpriced_total{model=\"own\",provider=\"vllm\"} 1.0",
            "infermux_cost_usd_total{model=\"own\",provider=\"vllm\"} 0.0");
  }

  @Test
  void providers_that_come_and_go_leave_no_more_than_a_bound_of_series() {
    witness.finished(Samples.ok("openai", "gpt-4o"));
    for (int i = 0; i < 3_000; i++) {
      witness.finished(Samples.ok("gone-" + i, "gpt-4o"));
      witness.finished(Samples.ok("gone-" + i, "served-" + i));
    }
    witness.finished(Samples.ok("openai", "another"));

    for (String family :
        Set.of("requests_total", "latency_seconds_count", "attempts_total", "failovers_total")) {
      assertThat(scrape().lines().filter(line -> line.startsWith("infermux_" + family + "{")))
          .as(family)
          .hasSizeLessThan(3_000);
    }
    assertThat(scrape())
        .contains(
            "infermux_requests_total{model=\"gpt-4o\",provider=\"openai\",status=\"ok\"} 1.0",
            "infermux_requests_total{model=\"another\",provider=\"openai\",status=\"ok\"} 1.0",
            "provider=\"gone-2999\"");
  }

  @Test
  void names_that_callers_invent_count_together() {
    for (int i = 0; i < 2_000; i++) {
      witness.finished(Samples.ok("lenient", "invented-" + i));
    }

    witness.finished(Samples.ok("lenient", "gpt-4o"));

    String text = scrape();
    assertThat(text.lines().filter(line -> line.startsWith("infermux_unpriced_total{")).count())
        .isEqualTo(SeriesTable.MOST_SERIES + 2L);
    assertThat(text)
        .contains(
            "infermux_requests_total{model=\"gpt-4o\",provider=\"lenient\",status=\"ok\"} 1.0");
    assertThat(text)
        .contains(
            "infermux_requests_total{model=\"_other\",provider=\"lenient\",status=\"ok\"} 1500.0");
  }

  @Test
  void a_model_that_was_never_served_nor_configured_has_no_label() {
    witness.finished(Samples.refusedModel("<script>", new Failure.ModelNotFound("no")));

    assertThat(scrape())
        .contains(
            "infermux_requests_total{model=\"_other\",provider=\"_none\",status=\"error\"} 1.0")
        .doesNotContain("<script");
  }

  @Test
  void money_adds_up_exactly_however_many_threads_count() throws Exception {
    var record = Samples.charged(Samples.ok("p", "m"), Usage.reported(1, 1), Samples.cost(1));
    int threads = 4;
    int each = 25_000;
    CountDownLatch done = new CountDownLatch(threads);

    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int j = 0; j < each; j++) {
                  witness.finished(record);
                }
                done.countDown();
              })
          .start();
    }
    done.await();

    assertThat(scrape())
        .contains("infermux_cost_usd_total{model=\"m\",provider=\"p\"} 1.0E-4")
        .contains("infermux_requests_total{model=\"m\",provider=\"p\",status=\"ok\"} 100000.0");
  }

  private String scrape() {
    return metrics.render(null).body().toString();
  }
}
