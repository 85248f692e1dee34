package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.GatewayStatus;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Failure;
import dev.infermux.mist.HealthPong;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayServiceTest {

  private final Fleet fleet = new Fleet();
  private final Lifecycle lifecycle = new Lifecycle();
  private final RecentCalls recent = new RecentCalls(System::nanoTime);
  private final GatewayService desk =
      new GatewayService(
          () -> new HealthPong("infermux", "1.2.3", 61),
          lifecycle,
          fleet.registry,
          recent,
          new GatewayFacts(() -> 4, () -> 0.0051, "nio", "http://t/{trace_id}"));

  @Test
  void status_counts_calls_errors_and_healthy_providers() {
    fleet.betaHealth.failed("connection refused", Instant.EPOCH);
    recent.finished(Samples.ok("alpha", "m"));
    recent.finished(Samples.refused(new Failure.ModelNotFound("no")));
    recent.finished(Samples.refused(new Failure.Cancelled("left")));

    assertThat(desk.status())
        .isEqualTo(
            new GatewayStatus("1.2.3", 61, 1, 2, 3, 3, 1, 4, 5, "nio", "http://t/{trace_id}"));
  }

  @Test
  void it_is_ready_from_its_start_until_it_drains_and_never_again() {
    assertThat(desk.readiness().reason()).isEqualTo("starting");

    lifecycle.started();
    assertThat(desk.readiness()).isEqualTo(Readiness.READY);

    lifecycle.stopping();
    lifecycle.started();
    assertThat(desk.readiness().reason()).startsWith("draining");
  }

  @Test
  void one_usable_provider_is_enough() {
    lifecycle.started();
    fleet.alphaCircuit.open();

    assertThat(desk.readiness().ready()).isTrue();
  }

  @Test
  void without_a_usable_provider_it_is_not_ready_and_says_why_of_each() {
    lifecycle.started();
    fleet.alphaCircuit.open();
    fleet.betaCircuit.open();

    assertThat(desk.readiness())
        .isEqualTo(
            Readiness.not("no provider is usable: alpha (circuit_open), beta (circuit_open)"));
  }

  @Test
  void scrape_sees_whether_it_is_ready() {
    Metrics metrics = new Metrics(System::nanoTime);
    desk.register(metrics);

    assertThat(metrics.render(null).body().toString()).contains("infermux_ready 0.0");
    lifecycle.started();
    assertThat(metrics.render(null).body().toString()).contains("infermux_ready 1.0");
  }

  @Test
  void without_any_provider_it_says_so() {
    GatewayService bare =
        new GatewayService(
            () -> new HealthPong("infermux", "1.2.3", 61),
            lifecycle,
            new Registry(new ProviderSnapshot(RoutingOptions.defaults(), List.of(), List.of())),
            recent,
            new GatewayFacts(() -> 0, () -> 0, "nio", null));
    lifecycle.started();

    assertThat(bare.readiness().reason()).isEqualTo("no provider is usable: there is none");
  }

  @Test
  void a_health_check_alone_does_not_take_it_out() {
    lifecycle.started();
    fleet.alphaCircuit.open();
    fleet.betaHealth.failed("HTTP status 503", Instant.EPOCH);

    assertThat(desk.readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void a_probe_under_way_does_not_take_it_out() {
    lifecycle.started();
    fleet.halfOpen(fleet.alphaCircuit);
    fleet.betaCircuit.open();
    fleet.alphaCircuit.enter();

    assertThat(fleet.alphaCircuit.exclusion()).isEqualTo(Exclusion.PROBE_RUNNING);
    assertThat(desk.readiness().ready()).isTrue();
  }

  @Test
  void it_is_ready_again_when_a_circuit_has_recovered_without_any_call() {
    lifecycle.started();
    fleet.betaCircuit.open();
    fleet.alphaCircuit.open();
    assertThat(desk.readiness().ready()).isFalse();

    fleet.time.pass(Duration.ofSeconds(30));

    assertThat(desk.readiness().ready()).isTrue();
  }
}
