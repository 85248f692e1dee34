package dev.infermux.policy.routing;

import dev.infermux.inference.Exclusion;
import org.jspecify.annotations.Nullable;

/** How the providers stand now. They go by their index, which is their declared order. */
public interface ProviderConditions {

  /** Why an attempt of so many tokens would be refused; null when it would be admitted. */
  @Nullable Exclusion exclusion(int provider, long tokens);

  /** The moving average of its response times in nanoseconds; 0 while too few are known. */
  double latencyNanos(int provider);
}
