package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.policy.circuit.CircuitState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitServiceTest {

  private final Fleet fleet = new Fleet();
  private final CircuitService circuits = new CircuitService(fleet.registry);

  @Test
  void states_are_in_declared_order() {
    fleet.halfOpen(fleet.betaCircuit);

    assertThat(circuits.states())
        .containsExactly(
            entry("alpha", CircuitState.CLOSED), entry("beta", CircuitState.HALF_OPEN));
  }

  @Test
  void an_unknown_name_is_told_with_the_known_ones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> circuits.of("gamma"))
        .withMessage("provider: \"gamma\" (expected: alpha | beta)");
  }

  @Test
  void a_scrape_shows_how_each_provider_stands() {
    Metrics metrics = new Metrics(System::nanoTime);
    ProviderStateGauges.register(metrics, fleet.registry);
    fleet.halfOpen(fleet.betaCircuit);
    fleet.alphaCircuit.open();
    fleet.betaHealth.failed("gone", Instant.EPOCH);

    assertThat(metrics.render(null).body().toString())
        .contains(
            "infermux_circuit_state{provider=\"alpha\"} 2.0",
            "infermux_circuit_state{provider=\"beta\"} 1.0",
            "infermux_provider_healthy{provider=\"alpha\"} 1.0",
            "infermux_provider_healthy{provider=\"beta\"} 0.0",
            "infermux_rate_limit_headroom_rpm{provider=\"alpha\"} 7.0")
        .doesNotContain("infermux_rate_limit_headroom_rpm{provider=\"beta\"}");
  }
}
