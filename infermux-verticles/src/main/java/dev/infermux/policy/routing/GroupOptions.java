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
}
