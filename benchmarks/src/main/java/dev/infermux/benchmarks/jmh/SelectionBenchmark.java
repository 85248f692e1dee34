package dev.infermux.benchmarks.jmh;

import dev.infermux.assembly.ListPrices;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.ProviderCircuits;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.ServedModels;
import dev.infermux.policy.routing.selection.CandidateLists;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.policy.routing.selection.RoundRobinCursors;
import dev.infermux.policy.routing.selection.RouteRequest;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongBinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One choice among ten providers, the look-up of the model's providers included, on what all cells
 * really share: circuit breakers, rate limiters, health and latencies.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectionBenchmark implements ProviderConditions, ModelCatalog {

  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();
  private static final int PROVIDERS = 10;
  private static final String MODEL = "gpt-4o-mini";
  private static final int[] LATENCY_MILLIS = {410, 380, 520, 290, 700, 330, 270, 450, 610, 300};

  @Param({"ROUND_ROBIN", "LEAST_LATENCY", "COST_WEIGHTED", "RANDOM", "PRIORITY"})
  public String strategy = "ROUND_ROBIN";

  /** Whether each provider has limits of requests and tokens. */
  @Param({"false", "true"})
  public boolean limited;

  private final Vertx vertx = Vertx.vertx();
  private final PriceBook prices = new PriceBook(ListPrices.builtIn(), PricingOptions.defaults());
  private ProviderState[] standings = {};
  private CandidateLists candidates = lineups();

  @Setup
  public void prepare() {
    CircuitBreakers circuits =
        new CircuitBreakers(
            new CircuitTimers(vertx), System::nanoTime, InstantSource.system(), change -> {});
    standings =
        IntStream.range(0, PROVIDERS)
            .mapToObj(i -> standing(circuits, i))
            .toArray(ProviderState[]::new);
    candidates = lineups();
  }

  @TearDown
  public void close() {
    vertx.close();
  }

  @Benchmark
  public @Nullable Candidate choose() {
    return candidates
        .of(new RouteRequest(MODEL, null, Operation.CHAT))
        .next(new CallFacts(300, 256), this, Set.of(), RANDOM);
  }

  @Override
  public @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts) {
    return standings[candidate.index()].exclusion(MODEL, facts.tokens(), facts.ownKey());
  }

  @Override
  public double latencyNanos(int provider) {
    return standings[provider].latency().score();
  }

  @Override
  public ModelOwnership place(String provider, String model) {
    return ModelOwnership.OPEN;
  }

  @Override
  public LongBinaryOperator price(String provider, String model) {
    return prices.forecast(provider, "openai", model);
  }

  private CandidateLists lineups() {
    List<ServedModels> offers =
        IntStream.range(0, PROVIDERS)
            .mapToObj(i -> new ServedModels("provider-" + i, List.of(MODEL), Map.of()))
            .toList();
    RoutingOptions options =
        RoutingOptions.defaults().withStrategy(RoutingStrategy.valueOf(strategy));
    return new CandidateLists(options, offers, this, new RoundRobinCursors());
  }

  private ProviderState standing(CircuitBreakers circuits, int index) {
    String name = "provider-" + index;
    RateLimitOptions none = RateLimitOptions.defaults();
    RateLimitOptions rateLimits =
        limited ? none.withRequestsPerMinute(1_000).withTokensPerMinute(1_000_000) : none;
    Latency latency =
        new Latency(LeastLatencyOptions.defaults(), System::nanoTime, new LatencyPeers());
    for (int sample = 0; sample < 10; sample++) {
      latency.answered(1_000_000L * LATENCY_MILLIS[index]);
    }
    return new ProviderState(
        name,
        new ProviderCircuits(circuits, name, CircuitOptions.defaults()),
        new RateLimiter(rateLimits, System::nanoTime),
        new Health(),
        latency);
  }
}
