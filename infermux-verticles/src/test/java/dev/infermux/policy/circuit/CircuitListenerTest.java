package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CircuitListenerTest {

  private static final CircuitOptions OPTIONS =
      CircuitOptions.defaults().withConsecutiveFailures(1);

  private final List<String> seen = new ArrayList<>();
  private Consumer<CircuitChange> listener = change -> {};
  private final CircuitRig rig = new CircuitRig(OPTIONS, change -> listener.accept(change));

  @Test
  void a_change_is_told_before_it_is_visible() {
    listener = change -> seen.add(rig.state() + ">" + change.to());
    rig.failures(1);
    rig.pass("30S");
    rig.probe().succeeded(1);
    rig.time.settle();

    assertThat(seen).containsExactly("closed>open", "open>half-open", "half-open>closed");
  }

  @Test
  void a_listener_that_throws_stops_nothing() {
    listener =
        change -> {
          throw new OnPurpose();
        };
    rig.failures(1);

    assertThat(rig.state()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void a_listener_may_use_the_circuit_and_what_it_asks_for_comes_next() {
    listener =
        change -> {
          if (change.to() == CircuitState.OPEN) {
            rig.circuit.close();
            assertThat(rig.enter().probe()).isFalse();
          }
        };
    rig.failures(1);

    assertThat(rig.state()).isEqualTo(CircuitState.CLOSED);
    assertThat(rig.changes())
        .containsExactly("closed>open consecutive_failures", "open>closed manual");
  }
}
