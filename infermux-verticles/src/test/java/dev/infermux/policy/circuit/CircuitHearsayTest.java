package dev.infermux.policy.circuit;

import static dev.infermux.policy.circuit.CircuitRig.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What another node says of a provider shortens what this one needs, and opens nothing. */
class CircuitHearsayTest {

  private final CircuitOptions options =
      CircuitOptions.defaults()
          .withConsecutiveFailures(5)
          .withMinRequests(10)
          .withRecoveryWindow(Duration.ofSeconds(30));

  private final CircuitRig rig = new CircuitRig(options);

  @Test
  void hearsay_alone_opens_nothing_however_often_it_is_said() {
    rig.failures(4);
    for (int i = 0; i < 1000; i++) {
      rig.circuit.alert();
      rig.pass("1S");
    }

    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
    assertThat(rig.told).isEmpty();
  }

  @Test
  void one_failure_is_enough_for_one_recovery_window() {
    rig.circuit.alert();
    rig.pass("29.9S");

    rig.failures(1);

    assertThat(rig.changes()).containsExactly("closed>open consecutive_failures");
  }

  @Test
  void afterwards_it_needs_as_many_as_ever() {
    rig.circuit.alert();
    rig.pass("30S");

    rig.failures(4);
    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);

    rig.failures(1);
    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void half_of_the_samples_are_enough() {
    for (int i = 0; i < 2; i++) {
      rig.failures(1);
      rig.enter().succeeded(MILLI);
    }
    rig.failures(2);
    rig.circuit.alert();
    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);

    rig.enter().succeeded(MILLI);
    assertThat(rig.circuit.view().samples()).as("4 of 7 failed").isEqualTo(7);

    assertThat(rig.changes()).containsExactly("closed>open error_rate");
  }

  @Test
  void what_is_said_of_an_open_circuit_changes_nothing() {
    rig.failures(5);
    rig.circuit.alert();
    rig.pass("30S");

    assertThat(rig.state()).isEqualTo(CircuitState.HALF_OPEN);
    rig.probe().succeeded(MILLI);
    rig.time.settle();
    rig.failures(4);
    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
  }
}
