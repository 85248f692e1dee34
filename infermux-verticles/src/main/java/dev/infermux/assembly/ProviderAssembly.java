package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.mock.Mock;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.GuardedProvider;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The providers of one InferMux, each under its circuit, ceiling and latency.
 *
 * @param providers whose exits ask their guard first
 */
public record ProviderAssembly(List<RegisteredProvider> providers, ProviderStates standings) {

  /**
   * Takes the providers that this version can call.
   *
   * @param mocks played by the providers of their names
   * @param onChange told of a circuit's change before any call sees it
   */
  public static ProviderAssembly of(
      Vertx vertx, Config config, List<Mock> mocks, Consumer<CircuitChange> onChange) {
    CircuitBreakers circuits =
        new CircuitBreakers(
            new CircuitTimers(vertx), System::nanoTime, InstantSource.system(), onChange);
    List<RegisteredProvider> providers = new ArrayList<>();
    List<ProviderState> standings = new ArrayList<>();
    for (ProviderEntry entry : config.providers()) {
      Optional<RegisteredProvider> registered = ProviderTypes.register(entry, mocks);
      if (registered.isPresent()) {
        ProviderState state = standing(config, entry, circuits);
        standings.add(state);
        providers.add(guarded(registered.get(), entry, state));
      }
    }
    return new ProviderAssembly(List.copyOf(providers), new ProviderStates(standings));
  }

  private static ProviderState standing(
      Config config, ProviderEntry entry, CircuitBreakers circuits) {
    String name = entry.options().name();
    return new ProviderState(
        name,
        circuits.circuit(name, entry.circuit()),
        new RateLimiter(entry.rateLimits(), System::nanoTime),
        new Health(),
        new Latency(config.routing().leastLatency()));
  }

  private static RegisteredProvider guarded(
      RegisteredProvider provider, ProviderEntry entry, ProviderState state) {
    return provider.guardedBy(
        (vertx, unguarded) -> new GuardedProvider(vertx, unguarded, state, entry.circuit()));
  }
}
