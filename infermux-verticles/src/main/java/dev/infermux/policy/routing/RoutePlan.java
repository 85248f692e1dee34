package dev.infermux.policy.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a call, in plain values.
 *
 * @param model as the caller named it
 * @param group the route group; empty when none applies
 * @param strategy its name in the configuration
 * @param providers all of them, in declared order
 * @param order the eligible in the order in which they would be tried
 * @param maxAttempts how many of them one call tries at most
 */
public record RoutePlan(
    String model,
    String group,
    String strategy,
    List<Row> providers,
    List<String> order,
    int maxAttempts) {

  public RoutePlan {
    providers = List.copyOf(providers);
    order = List.copyOf(order);
  }

  /**
   * One provider's part in it.
   *
   * @param model the provider's own name for the model; null when it does not serve it
   * @param exclusion the wire name of why it is left out; null when it is eligible
   * @param scoreName what its strategy compares; null when that looks at nothing
   * @param score the lowest is preferred; null without {@code scoreName}
   */
  public record Row(
      String provider,
      @Nullable String model,
      @Nullable String exclusion,
      @Nullable String scoreName,
      @Nullable Double score) {

    public boolean eligible() {
      return exclusion == null;
    }
  }
}
