package dev.infermux.policy.routing.selection;

import static dev.infermux.inference.Exclusion.CIRCUIT_OPEN;
import static dev.infermux.inference.Exclusion.RATE_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ServedModels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

  @ParameterizedTest
  @EnumSource(value = RoutingStrategy.class, names = "RANDOM", mode = EnumSource.Mode.EXCLUDE)
  void plan_foretells_what_choices_will_be(RoutingStrategy strategy) {
    Field field = Field.of("a", "b", "c", "d").strategy(strategy).excludes("b", RATE_LIMIT);
    field.latencyMillis("a", 3).latencyMillis("c", 1).latencyMillis("d", 2);
    field.price("a", 2, 0).price("c", 3, 0).price("d", 1, 0);
    field.next();

    RoutePlan plan = plan(field);

    List<String> choices = new ArrayList<>();
    Set<String> tried = new LinkedHashSet<>();
    Candidate chosen = field.lineup("m").next(Field.FACTS, field, tried, () -> 0);
    while (chosen != null) {
      choices.add(chosen.provider());
      tried.add(chosen.provider());
      chosen = field.lineup("m").next(Field.FACTS, field, tried, () -> 0);
    }
    assertThat(plan.order()).isEqualTo(choices).hasSize(3);
  }

  @Test
  void plan_gives_no_turn_away() {
    Field field = Field.of("a", "b", "c");

    assertThat(plan(field)).isEqualTo(plan(field));
    assertThat(field.next()).isEqualTo("a");
  }

  @Test
  void plan_has_every_provider_with_its_reason_or_its_score() {
    Field field =
        new Field(
                new ServedModels("a", List.of("m"), Map.of()),
                new ServedModels("b", List.of("other"), Map.of()),
                new ServedModels("c", null, Map.of("m", "own")))
            .strategy(RoutingStrategy.COST_WEIGHTED)
            .excludes("c", CIRCUIT_OPEN)
            .price("a", 2_500, 0)
            .price("c", 1_000, 0);

    assertThat(plan(field).providers())
        .containsExactly(
            new RoutePlan.Row("a", "m", null, "expected_cost_usd", 0.0025),
            new RoutePlan.Row("b", null, "model_not_served", null, null),
            new RoutePlan.Row("c", "own", "circuit_open", "expected_cost_usd", 0.001));
    assertThat(plan(field).order()).containsExactly("a");
  }

  @Test
  void latency_is_scored_in_milliseconds() {
    Field field = Field.of("a").strategy(RoutingStrategy.LEAST_LATENCY).latencyMillis("a", 12.5);

    assertThat(plan(field).providers())
        .containsExactly(new RoutePlan.Row("a", "m", null, "latency_ms", 12.5));
  }

  private static RoutePlan plan(Field field) {
    Planner planner = new Planner(field.lineups().providers(), 3);
    return planner.plan("m", field.lineup("m"), Field.FACTS, field);
  }
}
