package dev.infermux.operations;

import dev.infermux.events.metrics.RecentCalls;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.policy.circuit.CircuitView;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.HealthView;
import dev.infermux.policy.ratelimit.Cooldown;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of the providers, each read from its state at the moment of the request. */
public final class ProviderService implements ProvidersView {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Registry registry;
  private final RecentCalls recent;

  public ProviderService(Registry registry, RecentCalls recent) {
    this.registry = registry;
    this.recent = recent;
  }

  @Override
  public List<ProviderStatus> all() {
    ProviderSnapshot now = registry.snapshot();
    return now.states().stream().map(state -> row(now, state)).toList();
  }

  @Override
  public Optional<ProviderStatus> named(String provider) {
    return all().stream().filter(status -> status.name().equals(provider)).findFirst();
  }

  @Override
  public Optional<ProviderStatus> turn(String provider, CircuitAction action) {
    registry.snapshot().state(provider).ifPresent(state -> turn(state, action));
    return named(provider);
  }

  private static void turn(ProviderState state, CircuitAction action) {
    switch (action) {
      case OPEN -> state.circuits().open();
      case CLOSE -> state.circuits().close();
      case RESET -> state.reset();
    }
  }

  private ProviderStatus row(ProviderSnapshot now, ProviderState state) {
    ProviderOptions options = now.provider(state.provider()).orElseThrow().options();
    return new ProviderStatus(
        options.name(),
        options.type().wireName(),
        options.models(),
        options.modelAliases(),
        health(state.health().view()),
        circuit(state.circuits()),
        traffic(state));
  }

  private static ProviderStatus.Health health(HealthView health) {
    return new ProviderStatus.Health(
        health.healthy(), health.reason(), health.advice(), health.checkedAt());
  }

  private static ProviderStatus.Circuit circuit(ProviderCircuits circuits) {
    CircuitView circuit = circuits.view();
    Map<String, String> models = new LinkedHashMap<>();
    circuits.modelsNotClosed().forEach((model, view) -> models.put(model, view.state().wireName()));
    return new ProviderStatus.Circuit(
        circuit.state().wireName(),
        circuit.errorRate(),
        circuit.p95LatencyMillis(),
        circuit.openedAt(),
        circuit.recoveryAt(),
        models);
  }

  private static ProviderStatus.LeftAlone cooldown(Cooldown cooldown) {
    return new ProviderStatus.LeftAlone(
        cooldown.model(), cooldown.reason().wireName(), cooldown.left());
  }

  private ProviderStatus.Traffic traffic(ProviderState state) {
    RateLimiter limiter = state.rateLimiter();
    RateLimitOptions options = limiter.options();
    return new ProviderStatus.Traffic(
        recent.attemptsLastMinute(state.provider()),
        limited(limiter.requestsLeft()),
        state.latency().answeredNanos() / NANOS_PER_MILLI,
        state.inFlight(),
        limiter.cooldowns().current().stream().map(ProviderService::cooldown).toList(),
        new ProviderStatus.Limits(
            limited(options.requestsPerMinute()),
            limited(options.tokensPerMinute()),
            limited(limiter.tokensLeft())));
  }

  private static @Nullable Long limited(long count) {
    return count == RateLimitOptions.UNLIMITED ? null : count;
  }
}
