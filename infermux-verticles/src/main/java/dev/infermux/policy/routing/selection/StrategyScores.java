package dev.infermux.policy.routing.selection;

import dev.infermux.policy.routing.RoutingStrategy;

/**
 * The strategies. Each gives every eligible provider a score of 0 or more; the lowest wins, and of
 * equals the first in turn: in declared order from the start, or from whoever had the last turn.
 */
enum StrategyScores {
  ROUND_ROBIN(true, "", 1) {
    @Override
    double score(ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed) {
      return 0;
    }
  },
  LEAST_LATENCY(true, "latency_ms", 1e6) {
    @Override
    double score(ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed) {
      return now.latencyNanos(contender.index());
    }
  },
  COST_WEIGHTED(false, "expected_cost_usd", 1e9) {
    @Override
    double score(ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed) {
      return contender.price().applyAsLong(facts.promptTokens(), facts.maxTokens());
    }
  },
  /** The lowest of independent uniform draws is uniform among the eligible, however many. */
  RANDOM(false, "", 1) {
    @Override
    double score(ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed) {
      return (SplitMix.draw(seed, contender.index()) >>> 11) * 0x1p-53;
    }
  },
  PRIORITY(false, "", 1) {
    @Override
    double score(ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed) {
      return 0;
    }
  };

  private final boolean rotates;
  private final String scoreName;
  private final double unit;

  StrategyScores(boolean rotates, String scoreName, double unit) {
    this.rotates = rotates;
    this.scoreName = scoreName;
    this.unit = unit;
  }

  abstract double score(
      ScoredCandidate contender, CallFacts facts, ProviderConditions now, long seed);

  /** Whether the seed is whose turn was the last; otherwise it is a random number or nothing. */
  boolean rotates() {
    return rotates;
  }

  /** What the score is called where people read it; empty when it means nothing to them. */
  String scoreName() {
    return scoreName;
  }

  /** How many of the score's units make one of those that people read. */
  double unit() {
    return unit;
  }

  static StrategyScores of(RoutingStrategy name) {
    return switch (name) {
      case ROUND_ROBIN -> ROUND_ROBIN;
      case LEAST_LATENCY -> LEAST_LATENCY;
      case COST_WEIGHTED -> COST_WEIGHTED;
      case RANDOM -> RANDOM;
      case PRIORITY -> PRIORITY;
    };
  }
}
