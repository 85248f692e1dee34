package dev.infermux.policy.routing.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LatencyPeers;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.ServedModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who measures a provider under {@code least_latency}, on real averages. */
class MeasurementTest {

  private static final CallFacts FACTS = new CallFacts(100, 0);
  private static final long MILLI = 1_000_000;

  private final LatencyPeers peers = new LatencyPeers();
  private final Latency slow = latency();
  private final Latency quick = latency();
  private final CandidateList candidates = candidates();
  private final Conditions now = new Conditions(List.of(slow, quick));

  @Test
  void a_burst_does_not_all_go_to_a_provider_that_nobody_has_measured() {
    answer(quick, MILLI, 5);

    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chosen.add(next());
    }

    assertThat(Collections.frequency(chosen, "slow")).isEqualTo(1);
  }

  @Test
  void a_burst_of_threads_measures_by_one_call_as_well() throws Exception {
    answer(quick, MILLI, 5);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> chosen = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        chosen.add(threads.submit(this::next));
      }
      int slowOnes = 0;
      for (Future<String> choice : chosen) {
        slowOnes += choice.get().equals("slow") ? 1 : 0;
      }
      assertThat(slowOnes).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void while_all_are_being_measured_calls_are_spread() {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chosen.add(next());
    }

    assertThat(Collections.frequency(chosen, "slow")).isEqualTo(20);
  }

  @Test
  void a_slow_provider_is_measured_anew_by_one_call_of_a_hundred() {
    answer(slow, 800 * MILLI, 5);
    answer(quick, MILLI, 5);

    int slowOnes = 0;
    for (int i = 0; i < 1_000; i++) {
      String chosen = next();
      Latency asked = chosen.equals("slow") ? slow : quick;
      slowOnes += asked == slow ? 1 : 0;
      asked.started();
      asked.answered(asked == slow ? 800 * MILLI : MILLI);
    }

    assertThat(slowOnes).isBetween(9, 10);
  }

  @Test
  void a_plan_measures_nothing() {
    answer(quick, MILLI, 5);
    Planner planner = new Planner(List.of("slow", "quick"), 3);

    assertThat(planner.plan("m", candidates, FACTS, now).order()).containsExactly("slow", "quick");
    assertThat(planner.plan("m", candidates, FACTS, now).order()).containsExactly("slow", "quick");
    assertThat(next()).isEqualTo("slow");
    assertThat(planner.plan("m", candidates, FACTS, now).order()).containsExactly("quick", "slow");
    assertThat(planner.plan("m", candidates, FACTS, now).providers().get(0).score()).isNull();
  }

  private String next() {
    return Objects.requireNonNull(candidates.next(FACTS, now, Set.of(), new SplittableRandom(1)))
        .provider();
  }

  private static void answer(Latency latency, long nanos, int times) {
    for (int i = 0; i < times; i++) {
      latency.started();
      latency.answered(nanos);
    }
  }

  private Latency latency() {
    return new Latency(LeastLatencyOptions.defaults(), System::nanoTime, peers);
  }

  private static CandidateList candidates() {
    List<ServedModels> offers =
        List.of(
            new ServedModels("slow", List.of("m"), Map.of()),
            new ServedModels("quick", List.of("m"), Map.of()));
    RoutingOptions options = RoutingOptions.defaults().withStrategy(RoutingStrategy.LEAST_LATENCY);
    return new CandidateLists(options, offers, Field.of("slow", "quick"), new RoundRobinCursors())
        .of(new RouteRequest("m", null, Operation.CHAT));
  }

  /** Providers that admit everything. */
  private record Conditions(List<Latency> latencies) implements ProviderConditions {
    @Override
    public @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts) {
      return null;
    }

    @Override
    public double latencyNanos(int provider) {
      return latencies.get(provider).score();
    }

    @Override
    public boolean measuring(int provider) {
      return latencies.get(provider).measuring();
    }

    @Override
    public boolean claim(int provider, boolean overdue) {
      return latencies.get(provider).claim(overdue);
    }
  }
}
