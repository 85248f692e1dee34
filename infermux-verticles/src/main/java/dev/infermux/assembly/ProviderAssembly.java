package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.mock.Mock;
import dev.infermux.network.Network;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.provider.ProviderContext;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.GuardedProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.time.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the next snapshot of the providers from the one before and a configuration. What was not
 * changed is taken over with all that is known of it.
 */
final class ProviderAssembly {

  private final SharedPolicies policies;
  private final List<Mock> mocks;
  private final ProgramProviders programs;
  private final Network network;
  private final Time time;
  private final BufferedBytes buffered;
  private final LatencyPeers latencies = new LatencyPeers();

  /** The revision that each name has reached; a name that comes back goes on counting. */
  private final Map<String, Integer> revisions = new HashMap<>();

  /**
   * @param services mocks, played by the providers of their names, and the way to others
   * @param programs called by the providers of their names
   * @param buffered counts what is held of their answers
   */
  ProviderAssembly(
      SharedPolicies policies,
      HostServices services,
      ProgramProviders programs,
      BufferedBytes buffered,
      Time time) {
    this.buffered = buffered;
    this.programs = programs;
    this.network = services.network();
    this.time = time;
    this.policies = policies;
    this.mocks = List.copyOf(services.mocks());
  }

  /**
   * Takes the providers that this version can call.
   *
   * @param former what {@code before} was made of
   */
  ProviderSnapshot next(ProviderSnapshot before, Config former, Config config) {
    Map<String, ProviderEntry> known =
        placed(former).stream()
            .collect(Collectors.toMap(entry -> entry.options().name(), Function.identity()));
    boolean sameLatency = former.routing().leastLatency().equals(config.routing().leastLatency());
    List<RegisteredProvider> providers = new ArrayList<>();
    List<ProviderState> states = new ArrayList<>();
    for (ProviderEntry entry : placed(config)) {
      String name = entry.options().name();
      RegisteredProvider there = before.provider(name).orElse(null);
      ProviderEntry own = known.get(name);
      if (there != null && entry.equals(own) && sameLatency) {
        providers.add(there);
        states.add(before.state(name).orElseThrow());
        continue;
      }
      Optional<ProviderState> predecessor = before.state(name);
      ProviderState next =
          predecessor
              .filter(measured -> own != null && sameUpstream(own.options(), entry.options()))
              .map(measured -> carriedOver(measured, Objects.requireNonNull(own), entry))
              .map(carried -> sameLatency ? carried : remeasured(carried, config))
              .orElseGet(() -> fresh(entry, config));
      ProviderState state = predecessor.map(next::after).orElse(next);
      RegisteredProvider made =
          programs
              .register(entry, time)
              .orElseGet(() -> ProviderTypes.register(reached(entry), mocks, time));
      providers.add(guarded(made, entry, state));
      states.add(state);
    }
    latencies.replace(states.stream().map(ProviderState::latency).toList());
    return new ProviderSnapshot(config.routing(), providers, states);
  }

  private ProviderEntry reached(ProviderEntry entry) {
    ProviderOptions options = entry.options();
    return options.type().remote()
        ? entry.withOptions(
            options.withNetwork(network.reach(options.baseUrl(), options.network())))
        : entry;
  }

  /** The entries, each with what it needs to know of the configuration around it. */
  private List<ProviderEntry> placed(Config config) {
    int mostBytes = config.http().limits().maxAnswerBytes();
    List<ProviderEntry> placed = new ArrayList<>();
    for (ProviderEntry entry : config.providers()) {
      ProviderContext context =
          new ProviderContext("providers[" + placed.size() + "]", mostBytes, buffered);
      placed.add(entry.withOptions(entry.options().withContext(context)));
    }
    return placed;
  }

  private ProviderState fresh(ProviderEntry entry, Config config) {
    return new ProviderState(
        entry.options().name(),
        circuits(entry),
        limiter(entry, cooldowns(entry.options().name())),
        new Health(),
        latency(config));
  }

  /** What is known of an upstream stays known when only the way it is used has changed. */
  private ProviderState carriedOver(
      ProviderState measured, ProviderEntry former, ProviderEntry entry) {
    boolean sameCircuit = former.circuit().equals(entry.circuit());
    RateLimiter limits = measured.rateLimiter();
    boolean sameLimits = former.rateLimits().equals(entry.rateLimits());
    return new ProviderState(
        measured.provider(),
        sameCircuit ? measured.circuits() : circuits(entry),
        sameLimits ? limits : limiter(entry, limits.cooldowns()),
        measured.health(),
        measured.latency());
  }

  /** The same measured in another way, from now on. */
  private ProviderState remeasured(ProviderState state, Config config) {
    return new ProviderState(
        state.provider(), state.circuits(), state.rateLimiter(), state.health(), latency(config));
  }

  private Latency latency(Config config) {
    return new Latency(config.routing().leastLatency(), time.ticker(), latencies);
  }

  /** Whether both send the same calls to the same place on the same account. */
  private static boolean sameUpstream(ProviderOptions one, ProviderOptions other) {
    return one.type() == other.type()
        && one.baseUrl().equals(other.baseUrl())
        && Objects.equals(one.apiKey(), other.apiKey())
        && one.network().equals(other.network())
        && Objects.equals(one.azureDeployment(), other.azureDeployment())
        && one.mock().equals(other.mock());
  }

  private ProviderCircuits circuits(ProviderEntry entry) {
    return new ProviderCircuits(policies.circuits(), entry.options().name(), entry.circuit());
  }

  private Cooldowns cooldowns(String provider) {
    return new Cooldowns(
        time.ticker(), (model, reset) -> policies.hints().limited(provider, model, reset));
  }

  private RateLimiter limiter(ProviderEntry entry, Cooldowns cooldowns) {
    return new RateLimiter(entry.rateLimits(), time.ticker(), cooldowns);
  }

  private RegisteredProvider guarded(
      RegisteredProvider made, ProviderEntry entry, ProviderState state) {
    boolean takesCallersKey = entry.options().takesCallersKey();
    return made.guardedBy(
            unguarded ->
                new GuardedProvider(unguarded, state, entry.circuit(), time, takesCallersKey))
        .ofRevision(revisions.merge(made.name(), 0, (reached, first) -> reached + 1));
  }
}
