package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.policy.circuit.CircuitState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderServiceTest {

  private static final Instant CHECKED = Instant.parse("2026-11-21T14:59:00Z");

  private final Fleet fleet = new Fleet();
  private final RecentCalls recent = new RecentCalls(System::nanoTime);
  private final ProviderService desk = new ProviderService(fleet.registry, recent);

  @Test
  void a_row_has_options_health_circuit_and_traffic() {
    fleet.alphaHealth.succeeded(CHECKED);
    fleet.alphaLatency.answered(12_500_000);
    recent.finished(Samples.ok("alpha", "m-1"));

    ProviderStatus alpha = desk.all().get(0);

    assertThat(alpha.name()).isEqualTo("alpha");
    assertThat(alpha.type()).isEqualTo("echo");
    assertThat(alpha.models()).containsExactly("m-1", "m-2");
    assertThat(alpha.health()).isEqualTo(new ProviderStatus.Health(true, "", CHECKED));
    assertThat(alpha.circuit()).isEqualTo(new ProviderStatus.Circuit("closed", 0, 0, null, null));
    assertThat(alpha.traffic())
        .isEqualTo(
            new ProviderStatus.Traffic(
                1, 7L, 12.5, 0, List.of(), new ProviderStatus.Limits(7L, null, null)));
  }

  @Test
  void what_is_not_limited_has_no_headroom_and_no_models() {
    ProviderStatus beta = desk.all().get(1);

    assertThat(beta.models()).isNull();
    assertThat(beta.traffic().headroomRpm()).isNull();
  }

  @Test
  void an_open_circuit_says_since_when_and_until_when() {
    desk.turn("beta", CircuitAction.OPEN);

    assertThat(desk.named("beta").orElseThrow().circuit())
        .isEqualTo(
            new ProviderStatus.Circuit(
                "open", 0, 0, fleet.time.instant(), fleet.time.instant().plusSeconds(30)));
  }

  @Test
  void outcomes_show_as_error_rate_and_p95() {
    for (int i = 0; i < 3; i++) {
      fleet.alphaCircuit.enter().succeeded(400_000_000);
    }
    fleet.alphaCircuit.enter().failed();

    ProviderStatus.Circuit alpha = desk.all().get(0).circuit();

    assertThat(alpha.errorRate()).isEqualTo(0.25);
    assertThat(alpha.p95LatencyMillis()).isBetween(380L, 440L);
  }

  @ParameterizedTest
  @EnumSource(CircuitAction.class)
  void a_turn_reaches_that_one_circuit_and_answers_with_its_new_row(CircuitAction action) {
    fleet.halfOpen(fleet.alphaCircuit);
    fleet.halfOpen(fleet.betaCircuit);

    ProviderStatus after = desk.turn("alpha", action).orElseThrow();

    assertThat(after.circuit().state()).isEqualTo(action == CircuitAction.OPEN ? "open" : "closed");
    assertThat(fleet.betaCircuit.view().state()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void nobody_has_an_unknown_name() {
    assertThat(desk.named("gamma")).isEmpty();
    assertThat(desk.turn("gamma", CircuitAction.OPEN)).isEmpty();
  }
}
