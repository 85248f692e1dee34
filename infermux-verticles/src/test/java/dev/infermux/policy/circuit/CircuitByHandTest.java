package dev.infermux.policy.circuit;

import static dev.infermux.policy.circuit.CircuitRig.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitByHandTest {

  private final CircuitRig rig =
      new CircuitRig(
          CircuitOptions.defaults()
              .withConsecutiveFailures(3)
              .withRecoveryWindow(Duration.ofSeconds(30))
              .withRecoveryBackoffMultiplier(10));

  @Test
  void open_holds_for_the_recovery_window_and_then_asks_a_probe() {
    rig.circuit.open();
    assertThat(rig.changes()).containsExactly("closed>open manual");
    assertThat(rig.circuit.enter()).isNull();

    rig.pass("30S");
    rig.probe().succeeded(MILLI);
    rig.time.settle();
    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void close_bypasses_the_probe() {
    rig.failures(3);
    rig.circuit.close();

    assertThat(rig.changes())
        .containsExactly("closed>open consecutive_failures", "open>closed manual");
    rig.failures(2);
    assertThat(rig.state()).as("the window is clean").isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void close_leaves_a_closed_circuit_as_it_is() {
    rig.failures(2);
    rig.circuit.close();

    assertThat(rig.changes()).isEmpty();
    assertThat(rig.circuit.view().samples()).isEqualTo(2);
  }

  @Test
  void reset_forgets_the_statistics_of_a_closed_circuit() {
    rig.failures(2);
    Permit before = rig.enter();
    rig.circuit.reset();
    before.failed();

    assertThat(rig.changes()).isEmpty();
    assertThat(rig.circuit.view().samples()).isZero();
  }

  @Test
  void the_growth_of_the_waits_outlives_a_close_and_not_a_reset() {
    failProbe();
    rig.circuit.close();
    rig.failures(3);
    assertThat(rig.circuit.view().recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(300));

    rig.circuit.reset();
    rig.failures(3);
    assertThat(rig.circuit.view().recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(30));
  }

  @Test
  void open_never_shortens_a_wait() {
    failProbe();
    rig.circuit.open();

    assertThat(rig.circuit.view().recoveryAt()).isEqualTo(rig.time.instant().plusSeconds(300));
    assertThat(rig.told.get(rig.told.size() - 1).recoveryAt())
        .isEqualTo(rig.circuit.view().recoveryAt());
  }

  @Test
  void open_again_prolongs_a_wait() {
    rig.circuit.open();
    rig.pass("20S");
    rig.circuit.open();
    rig.pass("29S");
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);

    rig.pass("1S");
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void a_timer_of_an_earlier_wait_does_not_end_a_later_one() {
    rig.failures(3);
    rig.pass("20S");
    rig.circuit.close();
    rig.failures(3);
    rig.pass("10S");
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);

    rig.pass("20S");
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void results_from_before_the_circuit_opened_change_nothing() {
    Permit early = rig.enter();
    rig.failures(3);
    rig.pass("30S");
    Permit probe = rig.probe();

    early.succeeded(MILLI);
    early.failed();
    rig.time.settle();
    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(rig.circuit.view().samples()).as("those that opened it").isEqualTo(3);

    probe.succeeded(MILLI);
    rig.time.settle();
    early.failed();
    assertThat(rig.circuit.view().samples()).isZero();
  }

  @Test
  void the_probe_of_a_state_that_was_left_by_hand_changes_nothing() {
    rig.circuit.open();
    rig.pass("30S");
    Permit probe = rig.probe();
    rig.circuit.open();

    probe.succeeded(MILLI);
    rig.pass("29S");
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
    rig.pass("1S");
    assertThat(rig.probe()).isNotNull();
  }

  private void failProbe() {
    rig.failures(3);
    rig.pass("30S");
    rig.probe().failed();
    rig.time.settle();
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
  }
}
