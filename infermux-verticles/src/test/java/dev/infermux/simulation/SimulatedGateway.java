package dev.infermux.simulation;

import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.RetryPolicy;
import dev.infermux.policy.routing.ServedModels;
import dev.infermux.policy.routing.selection.CallFacts;
import dev.infermux.policy.routing.selection.CandidateList;
import dev.infermux.policy.routing.selection.CandidateLists;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.policy.routing.selection.ProviderConditions;
import dev.infermux.policy.routing.selection.RoundRobinCursors;
import dev.infermux.policy.routing.selection.RouteRequest;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import dev.infermux.vertx.CircuitTimers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The real policies, put together in virtual time as the pipeline puts them together. */
final class SimulatedGateway {

  private static final String MODEL = "m";

  private final VirtualTime time;
  private final Setup setup;
  private final SplittableRandom random;
  private final List<ScriptedProvider> providers;
  private final List<ProviderState> standings;
  private final CandidateList candidates;
  private final RetryPolicy policy;
  private final Tally tally = new Tally();

  SimulatedGateway(VirtualTime time, Setup setup, SplittableRandom random) {
    this.time = time;
    this.setup = setup;
    this.random = random;
    this.providers =
        Fleet.SCRIPTS.stream().map(script -> new ScriptedProvider(script, random.split())).toList();
    CircuitBreakers circuits =
        new CircuitBreakers(new CircuitTimers(VirtualVertx.in(time)), time, time, change -> {});
    this.standings = Fleet.SCRIPTS.stream().map(script -> standing(script, circuits)).toList();
    this.candidates = lineup();
    this.policy = new RetryPolicy(setup.routing().retry(), setup.routing().failover());
  }

  private ProviderState standing(Script script, CircuitBreakers circuits) {
    return new ProviderState(
        script.name(),
        circuits.circuit(script.name(), setup.circuit()),
        new RateLimiter(RateLimitOptions.defaults(), time),
        new Health(),
        new Latency(setup.routing().leastLatency()));
  }

  private CandidateList lineup() {
    List<ServedModels> offers =
        Fleet.SCRIPTS.stream()
            .map(script -> new ServedModels(script.name(), List.of(MODEL), Map.of()))
            .toList();
    return new CandidateLists(setup.routing(), offers, new Prices(), new RoundRobinCursors())
        .of(new RouteRequest(MODEL, null, Operation.CHAT));
  }

  /** The index of the provider to try next; -1 when nobody is left. */
  int next(CallFacts facts, Set<String> tried) {
    Candidate chosen = candidates.next(facts, new Now(), tried, random);
    if (chosen == null) {
      return -1;
    }
    tried.add(chosen.provider());
    return indexOf(chosen.provider());
  }

  VirtualTime time() {
    return time;
  }

  Setup setup() {
    return setup;
  }

  RetryPolicy remedies() {
    return policy;
  }

  ScriptedProvider provider(int index) {
    return providers.get(index);
  }

  ProviderState standing(int index) {
    return standings.get(index);
  }

  Tally tally() {
    return tally;
  }

  double jitter() {
    return random.nextDouble();
  }

  private static int indexOf(String provider) {
    return IntStream.range(0, Fleet.SCRIPTS.size())
        .filter(i -> Fleet.SCRIPTS.get(i).name().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  /** How the providers stand. */
  private final class Now implements ProviderConditions {
    @Override
    public @Nullable Exclusion exclusion(int provider, long tokens) {
      return standings.get(provider).exclusion(tokens);
    }

    @Override
    public double latencyNanos(int provider) {
      return standings.get(provider).latency().nanos();
    }
  }

  /** What the scripts say. */
  private static final class Prices implements ModelCatalog {
    @Override
    public ModelOwnership place(String provider, String model) {
      return ModelOwnership.CLAIMED;
    }

    @Override
    public LongBinaryOperator price(String provider, String model) {
      return Fleet.SCRIPTS.get(indexOf(provider))::nanoDollars;
    }
  }
}
