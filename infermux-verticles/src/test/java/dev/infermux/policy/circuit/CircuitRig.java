package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A circuit in virtual time, and what it told its listener. */
final class CircuitRig {

  static final long MILLI = 1_000_000L;

  final VirtualTime time = new VirtualTime();
  final List<CircuitChange> told = new ArrayList<>();
  final CircuitBreaker circuit;

  CircuitRig(CircuitOptions options) {
    this(options, change -> {});
  }

  CircuitRig(CircuitOptions options, Consumer<CircuitChange> listener) {
    CircuitBreakers circuits =
        new CircuitBreakers(
            new CircuitTimers(VirtualVertx.in(time)),
            time,
            time,
            change -> {
              told.add(change);
              listener.accept(change);
            });
    circuit = circuits.circuit("openai", options);
  }

  CircuitState state() {
    return circuit.view().state();
  }

  Permit enter() {
    Permit permit = circuit.enter();
    assertThat(permit).as("permit of a circuit that is %s", state()).isNotNull();
    return permit;
  }

  /** The permit of a half-open circuit. */
  Permit probe() {
    Permit permit = enter();
    assertThat(permit.probe()).isTrue();
    return permit;
  }

  void failures(int count) {
    for (int i = 0; i < count; i++) {
      enter().failed();
    }
  }

  void pass(String duration) {
    time.pass(Duration.parse("PT" + duration));
  }

  /** The changes so far as {@code from>to reason}. */
  List<String> changes() {
    return told.stream()
        .map(
            change ->
                change.from().wireName()
                    + ">"
                    + change.to().wireName()
                    + " "
                    + change.reason().wireName())
        .toList();
  }
}
