package dev.infermux.operations;

import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.CircuitTurn;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.policy.ceiling.CeilingOptions;
import dev.infermux.policy.circuit.CircuitView;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.Registry;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import dev.infermux.standing.circuit.Circuit;
import java.util.List;
import java.util.Optional;

/** The rows of the providers, each read off its standing at the moment of the question. */
public final class ProviderDesk implements ProvidersView {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Registry registry;
  private final Standings standings;
  private final RecentCalls recent;

  public ProviderDesk(Registry registry, Standings standings, RecentCalls recent) {
    this.registry = registry;
    this.standings = standings;
    this.recent = recent;
  }

  @Override
  public List<ProviderStatus> all() {
    return registry.snapshot().stream()
        .map(RegisteredProvider::options)
        .flatMap(options -> standings.of(options.name()).map(s -> row(options, s)).stream())
        .toList();
  }

  @Override
  public Optional<ProviderStatus> named(String provider) {
    return all().stream().filter(status -> status.name().equals(provider)).findFirst();
  }

  @Override
  public Optional<ProviderStatus> turn(String provider, CircuitTurn turn) {
    standings.of(provider).map(Standing::circuit).ifPresent(circuit -> turn(circuit, turn));
    return named(provider);
  }

  private static void turn(Circuit circuit, CircuitTurn turn) {
    switch (turn) {
      case OPEN -> circuit.open();
      case CLOSE -> circuit.close();
      case RESET -> circuit.reset();
    }
  }

  private ProviderStatus row(ProviderOptions options, Standing standing) {
    return new ProviderStatus(
        options.name(),
        options.type().wireName(),
        options.models(),
        options.modelAliases(),
        health(standing.health().view()),
        circuit(standing.circuit().view()),
        traffic(standing));
  }

  private static ProviderStatus.Health health(HealthView health) {
    return new ProviderStatus.Health(health.healthy(), health.reason(), health.checkedAt());
  }

  private static ProviderStatus.Circuit circuit(CircuitView circuit) {
    return new ProviderStatus.Circuit(
        circuit.state().wireName(),
        circuit.errorRate(),
        circuit.p95LatencyMillis(),
        circuit.openedAt(),
        circuit.recoveryAt());
  }

  private ProviderStatus.Traffic traffic(Standing standing) {
    long left = standing.ceiling().requestsLeft();
    return new ProviderStatus.Traffic(
        recent.attemptsLastMinute(standing.provider()),
        left == CeilingOptions.UNLIMITED ? null : left,
        standing.latency().measuredNanos() / NANOS_PER_MILLI,
        standing.inFlight());
  }
}
