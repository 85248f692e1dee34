package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inbound.management.view.TrafficReport;
import dev.infermux.inference.Failure;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

  private Instant now = Instant.parse("2026-11-28T10:00:05Z");
  private final TrafficHistory history = new TrafficHistory(() -> now);

  @Test
  void calls_and_attempts_are_counted_in_steps_of_ten_seconds() {
    history.finished(Samples.ok("alpha", "m"));
    now = now.plusSeconds(10);
    history.finished(Samples.ok("alpha", "m"));
    history.finished(Samples.refused(new Failure.ModelNotFound("no")));

    TrafficReport report = history.report();
    assertThat(report.step()).isEqualTo(Duration.ofSeconds(10));
    assertThat(report.first()).isEqualTo(Instant.parse("2026-11-28T09:45:20Z"));
    assertThat(report.calls().all()).hasSize(90).endsWith(0L, 1L, 2L);
    assertThat(report.calls().errors()).endsWith(0L, 0L, 1L);
    assertThat(report.providers()).containsOnlyKeys("alpha");
    assertThat(report.providers().get("alpha").all()).endsWith(0L, 1L, 1L);
  }

  @Test
  void what_is_older_than_a_quarter_of_an_hour_is_forgotten() {
    history.finished(Samples.ok("alpha", "m"));
    history.accept(opened());
    now = now.plus(Duration.ofMinutes(14)).plusSeconds(50);
    assertThat(history.report().calls().all()).startsWith(1L, 0L);
    assertThat(history.report().flips()).hasSize(1);

    now = now.plusSeconds(10);
    assertThat(history.report().calls().all()).containsOnly(0L);
    assertThat(history.report().flips()).isEmpty();
  }

  @Test
  void change_of_a_circuit_has_its_time_and_reason() {
    history.accept(opened());

    assertThat(history.report().flips())
        .containsExactly(
            new TrafficReport.Flip("alpha", "", now, "closed", "open", "consecutive_failures"));
  }

  private static CircuitChange opened() {
    return new CircuitChange(
        "alpha", CircuitState.CLOSED, CircuitState.OPEN, CircuitReason.CONSECUTIVE_FAILURES, null);
  }
}
