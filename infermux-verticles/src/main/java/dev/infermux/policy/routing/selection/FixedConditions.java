package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.ScoredCandidate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Conditions held fast, for one call, so that a plan or a replay sees one moment throughout. */
public final class FixedConditions implements ProviderConditions {

  private final @Nullable Exclusion[] exclusions;
  private final double[] latencies;

  /**
   * Takes one entry for each provider.
   *
   * @param latencies in nanoseconds; 0 while too few are known
   */
  public FixedConditions(@Nullable Exclusion[] exclusions, double[] latencies) {
    this.exclusions = Arrays.copyOf(exclusions, exclusions.length);
    this.latencies = Arrays.copyOf(latencies, latencies.length);
  }

  /** What {@code now} says of those who serve the model of one call. */
  static FixedConditions of(
      ProviderConditions now, int providers, ScoredCandidate[] contenders, CallFacts facts) {
    @Nullable Exclusion[] exclusions = new Exclusion[providers];
    double[] latencies = new double[providers];
    for (ScoredCandidate contender : contenders) {
      int i = contender.index();
      exclusions[i] = now.exclusion(contender, facts);
      latencies[i] = now.latencyNanos(i);
    }
    return new FixedConditions(exclusions, latencies);
  }

  @Override
  public @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts) {
    return exclusions[candidate.index()];
  }

  @Override
  public double latencyNanos(int provider) {
    return latencies[provider];
  }
}
