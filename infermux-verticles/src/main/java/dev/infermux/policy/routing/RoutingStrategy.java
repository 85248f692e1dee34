package dev.infermux.policy.routing;

/**
 * The ways to choose among eligible providers, under the names of the configuration file. Each
 * gives every eligible provider a score of 0 or more; the lowest wins, and of equals the first in
 * turn: in declared order from the start, or from the provider that had the last turn.
 */
public enum RoutingStrategy {
  ROUND_ROBIN("round_robin", true, "", 1) {
    @Override
    public double score(
        ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed) {
      return 0;
    }
  },
  LEAST_LATENCY("least_latency", true, "latency_ms", 1e6) {
    @Override
    public double score(
        ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed) {
      return now.latencyNanos(candidate.index());
    }

    @Override
    public boolean measures() {
      return true;
    }
  },
  COST_WEIGHTED("cost_weighted", false, "expected_cost_usd", 1e9) {
    @Override
    public double score(
        ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed) {
      long price = candidate.price().applyAsLong(facts.promptTokens(), facts.maxTokens());
      return price == Long.MAX_VALUE ? UNKNOWN : price;
    }
  },
  /** The lowest of independent uniform draws is uniform among the eligible, however many. */
  RANDOM("random", false, "", 1) {
    @Override
    public double score(
        ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed) {
      return (SplitMix.draw(seed, candidate.index()) >>> 11) * 0x1p-53;
    }

    @Override
    public boolean draws() {
      return true;
    }
  },
  PRIORITY("priority", false, "", 1) {
    @Override
    public double score(
        ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed) {
      return 0;
    }
  };

  /** The score of a candidate of which nothing is known that could be compared: the last one. */
  public static final double UNKNOWN = Double.MAX_VALUE;

  private final String wireName;
  private final boolean rotates;
  private final String scoreName;
  private final double unit;

  RoutingStrategy(String wireName, boolean rotates, String scoreName, double unit) {
    this.wireName = wireName;
    this.rotates = rotates;
    this.scoreName = scoreName;
    this.unit = unit;
  }

  public String wireName() {
    return wireName;
  }

  /** The lower, the better. */
  public abstract double score(
      ScoredCandidate candidate, CallFacts facts, ProviderConditions now, long seed);

  /** Whether a choice takes a turn; the seed is then the position that had the last one. */
  public boolean rotates() {
    return rotates;
  }

  /** Whether the seed is a random number. */
  public boolean draws() {
    return false;
  }

  /** Whether a choice also decides who measures a provider anew. */
  public boolean measures() {
    return false;
  }

  /** The name of the score in {@code route/explain}; empty when it is not shown. */
  public String scoreName() {
    return scoreName;
  }

  /** How many of the score's units make one of those that are shown. */
  public double unit() {
    return unit;
  }
}
