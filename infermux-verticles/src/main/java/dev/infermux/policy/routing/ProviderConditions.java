package dev.infermux.policy.routing;

import dev.infermux.inference.Exclusion;
import org.jspecify.annotations.Nullable;

/** How the providers stand now. They go by their index, which is their declared order. */
public interface ProviderConditions {

  /** Why an attempt of so many tokens would be refused; null when it would be admitted. */
  @Nullable Exclusion exclusion(int provider, long tokens);

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
