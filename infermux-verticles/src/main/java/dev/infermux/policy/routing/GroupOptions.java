package dev.infermux.policy.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models that are routed in a way of their own.
 *
 * @param strategy null = that of {@link RoutingOptions}
 * @param providers names of those that may serve the group; empty = all
 */
public record GroupOptions(
    String name, List<String> models, @Nullable RoutingStrategy strategy, List<String> providers) {

  public GroupOptions {
    models = List.copyOf(models);
    providers = List.copyOf(providers);
  }

  /** A group of these models that every provider may serve, routed as all others are. */
  public static GroupOptions of(String name, List<String> models) {
    return new GroupOptions(name, models, null, List.of());
  }

  public GroupOptions withStrategy(@Nullable RoutingStrategy strategy) {
    return new GroupOptions(name, models, strategy, providers);
  }

  public GroupOptions withProviders(List<String> providers) {
    return new GroupOptions(name, models, strategy, providers);
  }
}
