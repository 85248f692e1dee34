package dev.infermux.inbound.management.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a call.
 *
 * @param model as the caller named it
 * @param group the route group; empty when none applies
 * @param providers all of them, in declared order
 * @param order the eligible in the order in which they would be tried
 * @param maxAttempts how many of them one call tries at most
 */
public record RouteExplanation(
    String model,
    String group,
    String strategy,
    List<Row> providers,
    List<String> order,
    int maxAttempts) {

  public RouteExplanation {
    providers = List.copyOf(providers);
    order = List.copyOf(order);
  }

  /**
   * One provider's part in it.
   *
   * @param model its own name for the model; null when it does not serve it
   * @param reason why it is left out; null when it is eligible
   * @param scoreName what the strategy compares; null when that looks at nothing
   * @param score the lowest is preferred; null without {@code scoreName}
   */
  public record Row(
      String name,
      @Nullable String model,
      @Nullable String reason,
      @Nullable String scoreName,
      @Nullable Double score) {}
}
