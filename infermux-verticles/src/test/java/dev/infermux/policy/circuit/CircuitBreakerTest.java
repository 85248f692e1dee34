package dev.infermux.policy.circuit;

import static dev.infermux.policy.circuit.CircuitRig.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private final CircuitOptions options =
      CircuitOptions.defaults()
          .withConsecutiveFailures(3)
          .withRecoveryWindow(Duration.ofSeconds(30))
          .withProbeTimeout(Duration.ofSeconds(5));

  private CircuitRig rig = new CircuitRig(options);

  @Test
  void a_closed_circuit_admits_everybody() {
    assertThat(rig.circuit.exclusion()).isNull();
    assertThat(rig.enter().probe()).isFalse();
    assertThat(rig.enter().probe()).isFalse();
    assertThat(rig.circuit.view().openedAt()).isNull();
  }

  @Test
  void failures_in_a_row_open_it_for_the_recovery_window() {
    rig.failures(3);

    assertThat(rig.circuit.exclusion()).isEqualTo(Exclusion.CIRCUIT_OPEN);
    assertThat(rig.circuit.enter()).isNull();
    assertThat(rig.changes()).containsExactly("closed>open consecutive_failures");
    assertThat(rig.told.get(0).provider()).isEqualTo("openai");
    assertThat(rig.told.get(0).recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(30));
    assertThat(rig.circuit.view().openedAt()).isEqualTo(rig.time.instant());
    assertThat(rig.circuit.view().recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(30));

    rig.pass("29.999S");
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);

    rig.pass("0.001S");
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(rig.circuit.view().recoveryAt()).isNull();
  }

  @Test
  void a_high_p95_opens_it() {
    rig = new CircuitRig(options.withLatencyP95(Duration.ofMillis(100)));
    for (int i = 0; i < 10; i++) {
      rig.enter().succeeded(101 * MILLI);
    }

    assertThat(rig.changes()).containsExactly("closed>open latency_p95");
  }

  @Test
  void an_error_rate_opens_it_though_there_are_successes_between() {
    for (int i = 0; i < 3; i++) {
      rig.failures(2);
      rig.enter().succeeded(MILLI);
    }
    rig.failures(1);

    assertThat(rig.changes()).containsExactly("closed>open error_rate");
    assertThat(rig.circuit.view().samples()).isEqualTo(10);
    assertThat(rig.circuit.view().errorRate()).isEqualTo(0.7);
  }

  @Test
  void ignored_attempts_neither_count_nor_break_a_row() {
    rig.failures(2);
    rig.enter().ignored();
    rig.failures(1);

    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
    assertThat(rig.circuit.view().samples()).isEqualTo(3);
  }

  @Test
  void a_half_open_circuit_admits_one() {
    halfOpen();

    assertThat(rig.circuit.exclusion()).isNull();
    Permit probe = rig.probe();
    assertThat(rig.circuit.exclusion()).isEqualTo(Exclusion.PROBE_RUNNING);
    assertThat(rig.circuit.enter()).isNull();

    probe.succeeded(MILLI);
    rig.time.settle();
    assertThat(rig.circuit.exclusion()).isNull();
    assertThat(rig.enter().probe()).isFalse();
    assertThat(rig.changes().subList(1, 3))
        .containsExactly("open>half-open recovery_window", "half-open>closed probe_ok");
    assertThat(rig.circuit.view().samples()).as("clean window").isZero();
  }

  @Test
  void waits_grow_with_failed_probes_and_are_capped() {
    rig =
        new CircuitRig(
            options
                .withRecoveryBackoffMultiplier(2)
                .withRecoveryBackoffMax(Duration.ofSeconds(100)));
    halfOpen();
    for (int seconds : new int[] {60, 100, 100}) {
      rig.probe().failed();
      rig.time.settle();
      assertThat(rig.circuit.view().recoveryAt())
          .isEqualTo(rig.time.instant().plusSeconds(seconds));

      rig.pass(seconds + "S");
      assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    rig.probe().succeeded(MILLI);
    rig.time.settle();
    rig.failures(3);
    assertThat(rig.circuit.view().recoveryAt())
        .as("after a success the waits begin anew")
        .isEqualTo(rig.time.instant().plusSeconds(30));
  }

  @Test
  void a_cap_below_the_recovery_window_does_not_shorten_it() {
    rig = new CircuitRig(options.withRecoveryBackoffMax(Duration.ofSeconds(1)));
    rig.failures(3);

    assertThat(rig.circuit.view().recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(30));
  }

  @Test
  void a_probe_that_never_ends_counts_as_failed_after_its_timeout() {
    halfOpen();
    Permit probe = rig.probe();

    rig.pass("4.999S");
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
    rig.pass("0.001S");
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
    assertThat(rig.told.get(2).reason()).isEqualTo(CircuitReason.PROBE_FAILED);

    probe.succeeded(MILLI);
    rig.time.settle();
    assertThat(rig.state()).as("too late").isEqualTo(CircuitState.OPEN);
  }

  @Test
  void an_ignored_probe_leaves_its_place_to_the_next() {
    halfOpen();
    rig.probe().ignored();
    rig.pass("0.001S");

    assertThat(rig.changes()).hasSize(2);
    assertThat(rig.circuit.exclusion()).isNull();
    rig.probe().failed();
    rig.time.settle();
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void only_the_first_ending_of_a_probe_counts() {
    halfOpen();
    Permit probe = rig.probe();
    probe.ignored();
    probe.failed();
    probe.succeeded(MILLI);
    rig.pass("1S");

    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void a_probe_whose_answer_has_begun_closes_and_its_end_is_a_sample() {
    halfOpen();
    Permit probe = rig.probe();
    probe.begun(MILLI);
    rig.time.settle();
    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
    rig.pass("60S");
    assertThat(rig.state()).as("the timeout is off").isEqualTo(CircuitState.CLOSED);

    probe.failed();
    probe.failed();
    assertThat(rig.circuit.view().samples()).isEqualTo(1);
    assertThat(rig.circuit.view().errorRate()).isEqualTo(1);
  }

  @Test
  void a_probe_may_end_before_the_verdict_on_its_beginning() {
    halfOpen();
    Permit probe = rig.probe();
    probe.begun(MILLI);
    probe.succeeded(MILLI);
    rig.time.settle();

    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
    assertThat(rig.circuit.view().samples()).isEqualTo(1);
    assertThat(rig.circuit.view().errorRate()).isZero();
  }

  private void halfOpen() {
    rig.failures(3);
    rig.pass("30S");
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
  }
}
