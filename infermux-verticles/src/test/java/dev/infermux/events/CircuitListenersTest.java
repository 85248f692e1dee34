package dev.infermux.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitListenersTest {

  private final CircuitChange change = Samples.circuitOpened();
  private final List<String> heard = new ArrayList<>();
  private final CircuitListeners listeners = new CircuitListeners();

  @Test
  void are_told_in_order_of_provider_and_states() {
    listeners.add((provider, from, to) -> heard.add(provider + " " + from + " " + to));
    listeners.add((provider, from, to) -> heard.add("second"));

    listeners.accept(change);

    assertThat(heard).containsExactly("openai closed open", "second");
  }

  @Test
  void one_that_throws_is_ignored() {
    listeners.add(
        (provider, from, to) -> {
          throw new IllegalStateException("on purpose");
        });
    listeners.add((provider, from, to) -> heard.add("after"));

    listeners.accept(change);

    assertThat(heard).containsExactly("after");
  }

  @Test
  void a_cancelled_subscription_hears_nothing_more() {
    Subscription gone = listeners.add((provider, from, to) -> heard.add("gone"));
    listeners.add((provider, from, to) -> heard.add("stays"));

    gone.cancel();
    listeners.accept(
        new CircuitChange(
            "openai", CircuitState.OPEN, CircuitState.CLOSED, CircuitReason.MANUAL, null));

    assertThat(heard).containsExactly("stays");
  }
}
