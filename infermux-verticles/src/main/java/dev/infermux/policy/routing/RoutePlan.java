package dev.infermux.policy.routing;

import java.util.List;
import java.util.Set;
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
   * The same for a caller that may not reach some of the providers.
   *
   * @param why the wire name of the reason
   */
  public RoutePlan without(Set<String> leftOut, String why) {
    return leftOut.isEmpty()
        ? this
        : new RoutePlan(
            model,
            group,
            strategy,
            providers.stream()
                .map(row -> leftOut.contains(row.provider) ? row.leftOut(why) : row)
                .toList(),
            order.stream().filter(provider -> !leftOut.contains(provider)).toList(),
            maxAttempts);
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

    private Row leftOut(String why) {
      return new Row(provider, model, exclusion == null ? why : exclusion, scoreName, score);
    }

    public boolean eligible() {
      return exclusion == null;
    }
  }
}
