package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.SplitMix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans what a list of candidates would do, without taking a turn. The same arguments give the same
 * plan.
 */
public final class Planner {

  private final List<String> providers;
  private final int maxAttempts;

  /**
   * Takes what plans have in common.
   *
   * @param providers all names in declared order
   * @param maxAttempts how many providers one call tries at most
   */
  public Planner(List<String> providers, int maxAttempts) {
    this.providers = List.copyOf(providers);
    this.maxAttempts = maxAttempts;
  }

  /** The plan if the call came now and nothing changed while it is tried here and there. */
  public RoutePlan plan(
      String model, CandidateList candidates, CallFacts facts, ProviderConditions now) {
    return plan(model, candidates, facts, now, candidates.cursor().last());
  }

  /**
   * The plan of another moment.
   *
   * @param seed the position of the last turn, -1 before the first; for {@code random} any number
   */
  public RoutePlan plan(
      String model, CandidateList candidates, CallFacts facts, ProviderConditions now, long seed) {
    FixedConditions moment =
        FixedConditions.of(now, providers.size(), candidates.contenders(), facts);
    return new RoutePlan(
        model,
        candidates.group(),
        candidates.strategy().wireName(),
        rows(candidates, facts, moment),
        order(candidates, facts, moment, seed),
        maxAttempts);
  }

  private List<String> order(
      CandidateList candidates, CallFacts facts, FixedConditions moment, long seed) {
    Set<String> tried = new LinkedHashSet<>();
    long turn = seed;
    int chosen = candidates.choose(facts, moment, tried, turn);
    while (chosen >= 0) {
      tried.add(candidates.contenders()[chosen].candidate().provider());
      turn = candidates.strategy().rotates() ? chosen : SplitMix.draw(turn, tried.size());
      chosen = candidates.choose(facts, moment, tried, turn);
    }
    return List.copyOf(tried);
  }

  private List<RoutePlan.Row> rows(
      CandidateList candidates, CallFacts facts, FixedConditions moment) {
    @Nullable ScoredCandidate[] byProvider = new ScoredCandidate[providers.size()];
    for (ScoredCandidate contender : candidates.contenders()) {
      byProvider[contender.index()] = contender;
    }
    List<RoutePlan.Row> rows = new ArrayList<>();
    for (int i = 0; i < byProvider.length; i++) {
      ScoredCandidate contender = byProvider[i];
      rows.add(
          contender == null
              ? leftOut(i, candidates.reason(i))
              : row(candidates.strategy(), contender, facts, moment));
    }
    return rows;
  }

  private RoutePlan.Row leftOut(int provider, @Nullable Exclusion reason) {
    String why = reason == null ? null : reason.wireName();
    return new RoutePlan.Row(providers.get(provider), null, why, null, null);
  }

  private static RoutePlan.Row row(
      RoutingStrategy strategy,
      ScoredCandidate contender,
      CallFacts facts,
      FixedConditions moment) {
    Exclusion refused = moment.exclusion(contender, facts);
    boolean scored = !strategy.scoreName().isEmpty();
    return new RoutePlan.Row(
        contender.candidate().provider(),
        contender.candidate().model(),
        refused == null ? null : refused.wireName(),
        scored ? strategy.scoreName() : null,
        scored ? shown(strategy.score(contender, facts, moment, 0), strategy) : null);
  }

  /** A score that nothing is known of is not shown as a number. */
  private static @Nullable Double shown(double score, RoutingStrategy strategy) {
    return score >= RoutingStrategy.UNKNOWN ? null : Double.valueOf(score / strategy.unit());
  }
}
