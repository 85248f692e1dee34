package dev.infermux.policy.routing;

import dev.infermux.inference.Exclusion;
import org.jspecify.annotations.Nullable;

/** How the providers stand now. They go by their index, which is their declared order. */
public interface ProviderConditions {

  /** Why an attempt there would be refused, or better not made; null when it is welcome. */
  @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts);

  /** What {@code least_latency} compares, as {@link Latency#score} says. */
  double latencyNanos(int provider);

  /** Whether an attempt whose time is not known yet measures it. */
  default boolean measuring(int provider) {
    return false;
  }

  /** {@link Latency#claim}: false when another call measures it already. */
  default boolean claim(int provider, boolean overdue) {
    return true;
  }
}
