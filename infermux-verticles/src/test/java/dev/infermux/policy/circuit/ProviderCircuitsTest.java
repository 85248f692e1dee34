package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderCircuitsTest {

  private final VirtualTime time = new VirtualTime();
  private final List<CircuitChange> changes = new ArrayList<>();

  private ProviderCircuits circuits(CircuitScope scope) {
    return new ProviderCircuits(
        new CircuitBreakers(new CircuitTimers(VirtualVertx.in(time)), time, time, changes::add),
        "p",
        CircuitOptions.defaults().withScope(scope));
  }

  private static void fail(ProviderCircuits circuits, String model) {
    for (int i = 0; i < 5; i++) {
      Permit permit = circuits.of(model).enter();
      assertThat(permit).isNotNull();
      permit.failed();
    }
  }

  @Test
  void one_circuit_for_all_models_or_one_for_each() {
    ProviderCircuits one = circuits(CircuitScope.PROVIDER);
    ProviderCircuits each = circuits(CircuitScope.MODEL);
    each.of("b");
    fail(one, "a");
    fail(each, "a");

    assertThat(one.exclusion("b")).isEqualTo(Exclusion.CIRCUIT_OPEN);
    assertThat(one.modelsNotClosed()).isEmpty();
    assertThat(each.exclusion("a")).isEqualTo(Exclusion.CIRCUIT_OPEN);
    assertThat(each.exclusion("b")).isNull();
    assertThat(each.exclusion("c")).isNull();
    assertThat(each.allOpen()).isFalse();
    assertThat(each.view().state()).as("the worst").isEqualTo(CircuitState.OPEN);
    assertThat(each.modelsNotClosed()).containsOnlyKeys("a");
    assertThat(changes).extracting(CircuitChange::model).containsExactly("", "a");
  }

  @Test
  void opened_by_hand_it_holds_for_models_that_come_later_until_the_recovery_window_passes() {
    ProviderCircuits each = circuits(CircuitScope.MODEL);
    each.of("a");
    each.open();

    assertThat(each.allOpen()).isTrue();
    assertThat(each.exclusion("b")).isEqualTo(Exclusion.CIRCUIT_OPEN);
    assertThat(each.of("b").enter()).isNull();
    time.pass(CircuitOptions.defaults().recoveryWindow());
    assertThat(each.exclusion("c")).isNull();

    each.open();
    each.close();
    assertThat(each.exclusion("a")).isNull();
    assertThat(each.view().state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void names_that_nobody_serves_crowd_out_no_model_that_is_in_use() {
    ProviderCircuits each = circuits(CircuitScope.MODEL);
    fail(each, "used");
    for (int i = 0; i < 10_000; i++) {
      Permit permit = each.of("nonsense-" + i).enter();
      assertThat(permit).isNotNull();
      permit.ignored();
    }

    assertThat(each.exclusion("used")).isEqualTo(Exclusion.CIRCUIT_OPEN);
    for (int i = 0; i < 1_000; i++) {
      Permit permit = each.of("served-" + i).enter();
      assertThat(permit).isNotNull();
      permit.succeeded(1);
    }
    assertThat(each.of("one-more")).as("shared").isSameAs(each.of("another"));
  }
}
