package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random lives of circuits. {@link CircuitLife} makes the steps and holds what must be true. */
class CircuitBreakerPropertyTest {

  private final long seed = new Random().nextLong();

  @Test
  void no_interleaving_breaks_a_promise_or_leaves_a_circuit_stuck() {
    int changes = 0;
    int probes = 0;
    for (long run = 0; run < 3000; run++) {
      CircuitLife life = new CircuitLife(new Random(seed + run));
      try {
        life.live(150);
        life.healthyProviderClosesIt();
      } catch (Throwable failed) {
        throw new AssertionError("seed " + seed + ", run " + run + ": " + life.steps(), failed);
      }
      changes += life.changes();
      probes += life.probes();
    }

    assertThat(changes).as("seed %d: the steps reach all states", seed).isGreaterThan(20_000);
    assertThat(probes).as("seed %d: and take probes", seed).isGreaterThan(5_000);
  }
}
