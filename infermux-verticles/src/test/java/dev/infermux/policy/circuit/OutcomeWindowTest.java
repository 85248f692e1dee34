package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeWindowTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long LATE_START = Long.MAX_VALUE - 10 * SECOND;

  private final CircuitOptions options =
      CircuitOptions.defaults()
          .withErrorRateThreshold(0.5)
          .withConsecutiveFailures(1000)
          .withMinRequests(10)
          .withWindow(Duration.ofSeconds(60));

  private OutcomeWindow window = new OutcomeWindow(options, 0);
  private long now;

  @Test
  void an_error_rate_at_the_threshold_does_not_open_and_above_it_does() {
    for (int i = 0; i < 10; i++) {
      assertThat(success(MILLI)).isNull();
    }
    for (int i = 0; i < 10; i++) {
      assertThat(failure()).isNull();
    }

    assertThat(failure()).isEqualTo(CircuitReason.ERROR_RATE);
  }

  @Test
  void an_error_rate_needs_the_minimum_of_samples() {
    for (int i = 0; i < 9; i++) {
      assertThat(failure()).isNull();
    }

    assertThat(failure()).isEqualTo(CircuitReason.ERROR_RATE);
  }

  @Test
  void a_success_that_completes_the_minimum_opens_too() {
    for (int i = 0; i < 9; i++) {
      failure();
    }

    assertThat(success(MILLI)).isEqualTo(CircuitReason.ERROR_RATE);
  }

  @Test
  void a_rate_of_three_tenths_is_not_above_three_tenths() {
    window = new OutcomeWindow(options.withErrorRateThreshold(0.3), 0);
    for (int i = 0; i < 7; i++) {
      success(MILLI);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(failure()).isNull();
    }
  }

  @Test
  void failures_in_a_row_open_without_a_minimum() {
    window = new OutcomeWindow(options.withConsecutiveFailures(3), 0);
    failure();
    failure();
    success(MILLI);
    assertThat(failure()).isNull();
    assertThat(failure()).isNull();

    assertThat(failure()).isEqualTo(CircuitReason.CONSECUTIVE_FAILURES);
  }

  @Test
  void failures_that_left_the_window_are_no_longer_in_the_row() {
    window = new OutcomeWindow(options.withConsecutiveFailures(3), 0);
    failure();
    now += 30 * SECOND;
    failure();
    now += 31 * SECOND;

    assertThat(failure()).isNull();
    assertThat(failure()).isEqualTo(CircuitReason.CONSECUTIVE_FAILURES);
  }

  @Test
  void p95_at_the_threshold_does_not_open_and_above_it_does() {
    window = new OutcomeWindow(options.withLatencyP95(Duration.ofMillis(500)), 0);
    for (int i = 0; i < 19; i++) {
      assertThat(success(500 * MILLI)).isNull();
    }
    assertThat(success(500 * MILLI + 1)).as("5 %% slow").isNull();

    assertThat(success(500 * MILLI + 1)).as("9.5 %% slow").isEqualTo(CircuitReason.LATENCY_P95);
  }

  @Test
  void p95_needs_the_minimum_of_latencies() {
    window = new OutcomeWindow(options.withLatencyP95(Duration.ofMillis(500)), 0);
    for (int i = 0; i < 5; i++) {
      assertThat(failure()).isNull();
    }
    for (int i = 0; i < 9; i++) {
      assertThat(success(SECOND)).isNull();
    }

    assertThat(success(SECOND)).isEqualTo(CircuitReason.LATENCY_P95);
  }

  @Test
  void latency_is_not_watched_without_a_threshold() {
    for (int i = 0; i < 100; i++) {
      assertThat(success(3600 * SECOND)).isNull();
    }
  }

  @Test
  void outcomes_leave_after_the_windows_length() {
    failure();
    now += 59 * SECOND;
    assertThat(view().samples()).isEqualTo(1);

    now += SECOND;
    assertThat(view()).isEqualTo(new CircuitView(CircuitState.CLOSED, 0, 0, 0, null, null));
  }

  @Test
  void an_idle_year_empties_the_window() {
    failure();
    success(MILLI);
    now += Duration.ofDays(365).toNanos();

    assertThat(view().samples()).isZero();
    assertThat(failure()).isNull();
    assertThat(view().samples()).isEqualTo(1);
  }

  @Test
  void a_time_a_little_older_than_the_newest_counts_as_the_newest() {
    now = 10 * SECOND;
    failure();
    now = 9 * SECOND;
    failure();
    now = 69 * SECOND;

    assertThat(view().samples()).isEqualTo(2);
  }

  @Test
  void a_clock_may_wrap_around() {
    window = new OutcomeWindow(options, LATE_START);
    now = LATE_START;
    failure();
    now += 20 * SECOND;
    failure();
    assertThat(view().samples()).isEqualTo(2);

    now += 45 * SECOND;
    assertThat(view().samples()).isEqualTo(1);
  }

  @Test
  void short_and_very_long_windows_slide_alike() {
    for (Duration length : new Duration[] {Duration.ofMillis(60), Duration.ofDays(24_000)}) {
      now = 0;
      window = new OutcomeWindow(options.withWindow(length), 0);
      failure();
      now += length.toNanos() / 60 * 59;
      assertThat(view().samples()).as("within %s", length).isEqualTo(1);

      now += length.toNanos() / 60;
      assertThat(view().samples()).as("after %s", length).isZero();
    }
  }

  @Test
  void the_view_tells_rate_and_p95() {
    for (int i = 1; i <= 100; i++) {
      success(i * 10 * MILLI);
    }
    for (int i = 0; i < 25; i++) {
      failure();
    }

    assertThat(view().samples()).isEqualTo(125);
    assertThat(view().errorRate()).isEqualTo(0.2);
    assertThat(view().p95LatencyMillis()).isBetween(920L, 980L);
  }

  private @Nullable CircuitReason success(long latencyNanos) {
    return window.succeeded(now, latencyNanos);
  }

  private @Nullable CircuitReason failure() {
    return window.failed(now);
  }

  private CircuitView view() {
    return window.view(now, CircuitState.CLOSED, null, null);
  }
}
