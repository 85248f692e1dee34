package dev.infermux.policy.routing.selection;

import static dev.infermux.inference.Exclusion.CIRCUIT_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ServedModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrategiesTest {

  @Test
  void round_robin_takes_turns() {
    Field field = Field.of("a", "b", "c");

    assertThat(choices(field, 7)).containsExactly("a", "b", "c", "a", "b", "c", "a");
  }

  @Test
  void round_robin_passes_over_the_excluded_and_takes_them_in_again() {
    Field field = Field.of("a", "b", "c").excludes("b", CIRCUIT_OPEN);

    assertThat(choices(field, 4)).containsExactly("a", "c", "a", "c");
    field.excludes("b", null);
    assertThat(choices(field, 3)).containsExactly("a", "b", "c");
  }

  @Test
  void next_provider_after_a_failed_one_is_a_turn_like_any_other() {
    Field field = Field.of("a", "b", "c");

    assertThat(field.next()).isEqualTo("a");
    assertThat(field.next("a")).isEqualTo("b");
    assertThat(field.next()).isEqualTo("c");
  }

  @Test
  void nobody_is_chosen_when_all_are_tried_or_excluded() {
    Field field = Field.of("a", "b").excludes("b", CIRCUIT_OPEN);

    assertThat(field.next("a")).isNull();
    field.excludes("a", CIRCUIT_OPEN);
    assertThat(field.next()).isNull();
  }

  @Test
  void models_that_different_providers_serve_do_not_share_turns() {
    Field field =
        new Field(
                new ServedModels("a", List.of("x", "y"), Map.of()),
                new ServedModels("b", List.of("x"), Map.of()),
                new ServedModels("c", List.of("y"), Map.of()))
            .groups(new GroupOptions("both", List.of("x", "y"), null, List.of()));

    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      chosen.add(next(field, "x"));
      chosen.add(next(field, "y"));
    }

    assertThat(chosen).containsExactly("a", "a", "b", "c", "a", "a", "b", "c");
  }

  @Test
  void models_that_the_same_providers_serve_share_turns() {
    Field field =
        new Field(
            new ServedModels("a", List.of("x", "y"), Map.of()),
            new ServedModels("b", List.of("x", "y"), Map.of()));

    assertThat(List.of(next(field, "x"), next(field, "y"), next(field, "x")))
        .containsExactly("a", "b", "a");
  }

  @Test
  void least_latency_prefers_the_fastest() {
    Field field = Field.of("a", "b", "c").strategy(RoutingStrategy.LEAST_LATENCY);
    field.latencyMillis("a", 30).latencyMillis("b", 10).latencyMillis("c", 20);

    assertThat(choices(field, 3)).containsOnly("b");
    assertThat(field.next("b")).isEqualTo("c");
  }

  @Test
  void least_latency_prefers_whoever_is_not_measured_yet_and_lets_them_take_turns() {
    Field field = Field.of("a", "b", "c").strategy(RoutingStrategy.LEAST_LATENCY);
    field.latencyMillis("b", 10);

    assertThat(choices(field, 4)).containsExactly("a", "c", "a", "c");
  }

  @Test
  void least_latency_lets_equals_take_turns() {
    Field field = Field.of("a", "b").strategy(RoutingStrategy.LEAST_LATENCY);
    field.latencyMillis("a", 10).latencyMillis("b", 10);

    assertThat(choices(field, 4)).containsExactly("a", "b", "a", "b");
  }

  @Test
  void cost_weighted_prefers_the_cheapest_prompt() {
    Field field = Field.of("a", "b", "c").strategy(RoutingStrategy.COST_WEIGHTED);
    field.price("a", 3, 1).price("b", 2, 9).price("c", 2, 1);

    assertThat(choices(field, 2)).containsOnly("b");
    assertThat(field.next("b")).isEqualTo("c");
    assertThat(field.next("b", "c")).isEqualTo("a");
  }

  @Test
  void cost_weighted_counts_the_completion_when_its_length_is_known() {
    Field field = Field.of("a", "b").strategy(RoutingStrategy.COST_WEIGHTED);
    field.price("a", 3, 1).price("b", 2, 9);

    CandidateList candidates = field.lineup("m");
    assertThat(candidates.choose(new CallFacts(100, 1_000), field, Set.of(), -1)).isEqualTo(0);
    assertThat(candidates.choose(new CallFacts(100, 0), field, Set.of(), -1)).isEqualTo(1);
  }

  @Test
  void cost_weighted_prefers_an_unknown_price() {
    Field field = Field.of("a", "b").strategy(RoutingStrategy.COST_WEIGHTED).price("a", 1, 1);

    assertThat(field.next()).isEqualTo("b");
  }

  @Test
  void priority_takes_the_first_in_declared_order() {
    Field field = Field.of("a", "b", "c").strategy(RoutingStrategy.PRIORITY);

    assertThat(choices(field, 2)).containsOnly("a");
    assertThat(field.next("a")).isEqualTo("b");
    field.excludes("a", CIRCUIT_OPEN);
    assertThat(field.next()).isEqualTo("b");
  }

  @Test
  void random_is_uniform_among_the_eligible() {
    Field field = Field.of("a", "b", "c", "d").strategy(RoutingStrategy.RANDOM);
    field.excludes("b", CIRCUIT_OPEN);
    CandidateList candidates = field.lineup("m");
    SplittableRandom seeds = new SplittableRandom(42);

    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      int chosen = candidates.choose(Field.FACTS, field, Set.of(), seeds.nextLong());
      counts.merge(chosen, 1, Integer::sum);
    }

    assertThat(counts).containsOnlyKeys(0, 2, 3);
    assertThat(counts.values())
        .allSatisfy(count -> assertThat(count).isCloseTo(10_000, within(400)));
  }

  @Test
  void random_takes_the_same_one_for_the_same_seed() {
    Field field = Field.of("a", "b", "c", "d").strategy(RoutingStrategy.RANDOM);
    CandidateList candidates = field.lineup("m");

    for (long seed = 0; seed < 100; seed++) {
      assertThat(candidates.choose(Field.FACTS, field, Set.of(), seed))
          .isEqualTo(candidates.choose(Field.FACTS, field, Set.of(), seed));
    }
  }

  private static String next(Field field, String model) {
    return field.lineup(model).next(Field.FACTS, field, Set.of(), () -> 0).provider();
  }

  private static List<String> choices(Field field, int count) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(field.next());
    }
    return chosen;
  }
}
