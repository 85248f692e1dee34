package dev.infermux.inbound.management.view;

import dev.infermux.inference.Usd;
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
 * @param budget what the caller's budget would say; null when there is none
 */
public record RouteExplanation(
    String model,
    String group,
    String strategy,
    List<Row> providers,
    List<String> order,
    int maxAttempts,
    @Nullable Budget budget) {

  public RouteExplanation {
    providers = List.copyOf(providers);
    order = List.copyOf(order);
  }

  /**
   * What the caller's budget would say to it.
   *
   * @param verdict {@code admit}, {@code lower}, {@code override} or {@code refuse}
   * @param maxTokens what each completion would be lowered to; null = as asked
   * @param model the cheaper model that would serve it; null = the asked one
   * @param reservation what would be reserved; null when it is refused
   * @param spent settled this month
   * @param pending reserved for calls in flight
   */
  public record Budget(
      String verdict,
      @Nullable Long maxTokens,
      @Nullable String model,
      @Nullable Usd reservation,
      Usd limit,
      Usd spent,
      Usd pending) {}

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
