package dev.infermux.operations;

import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitView;
import dev.infermux.policy.health.HealthView;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.Registry;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
import java.util.List;
import java.util.Optional;

/** The rows of the providers, each read off its standing at the moment of the question. */
public final class ProviderService implements ProvidersView {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Registry registry;
  private final ProviderStates states;
  private final RecentCalls recent;

  public ProviderService(Registry registry, ProviderStates states, RecentCalls recent) {
    this.registry = registry;
    this.states = states;
    this.recent = recent;
  }

  @Override
  public List<ProviderStatus> all() {
    return registry.snapshot().stream()
        .map(RegisteredProvider::options)
        .flatMap(options -> states.of(options.name()).map(s -> row(options, s)).stream())
        .toList();
  }

  @Override
  public Optional<ProviderStatus> named(String provider) {
    return all().stream().filter(status -> status.name().equals(provider)).findFirst();
  }

  @Override
  public Optional<ProviderStatus> turn(String provider, CircuitAction action) {
    states.of(provider).map(ProviderState::circuit).ifPresent(circuit -> turn(circuit, action));
    return named(provider);
  }

  private static void turn(CircuitBreaker circuit, CircuitAction action) {
    switch (action) {
      case OPEN -> circuit.open();
      case CLOSE -> circuit.close();
      case RESET -> circuit.reset();
    }
  }

  private ProviderStatus row(ProviderOptions options, ProviderState state) {
    return new ProviderStatus(
        options.name(),
        options.type().wireName(),
        options.models(),
        options.modelAliases(),
        health(state.health().view()),
        circuit(state.circuit().view()),
        traffic(state));
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

  private ProviderStatus.Traffic traffic(ProviderState state) {
    long left = state.rateLimiter().requestsLeft();
    return new ProviderStatus.Traffic(
        recent.attemptsLastMinute(state.provider()),
        left == RateLimitOptions.UNLIMITED ? null : left,
        state.latency().measuredNanos() / NANOS_PER_MILLI,
        state.inFlight());
  }
}
