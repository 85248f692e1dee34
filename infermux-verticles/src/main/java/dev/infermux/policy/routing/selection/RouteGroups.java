package dev.infermux.policy.routing.selection;

import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ServedModels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which route group a model belongs to. Immutable. */
final class RouteGroups {

  private final RoutingOptions options;
  private final Map<String, GroupOptions> byModel = new HashMap<>();
  private final Map<String, GroupOptions> byAlias = new HashMap<>();

  RouteGroups(RoutingOptions options, List<ServedModels> offers) {
    this.options = options;
    for (GroupOptions group : options.groups()) {
      group.models().forEach(model -> byModel.putIfAbsent(model, group));
      Set<String> models = new HashSet<>(group.models());
      for (ServedModels offer : offers) {
        offer
            .aliases()
            .forEach(
                (asked, own) -> {
                  if (models.contains(own)) {
                    byAlias.putIfAbsent(asked, group);
                  }
                });
      }
    }
  }

  /** The first group that lists the caller's name, else the first that lists an alias's target. */
  @Nullable GroupOptions of(String model) {
    GroupOptions listed = byModel.get(model.isEmpty() ? RouteRequest.AUTO : model);
    return listed == null ? byAlias.get(model) : listed;
  }

  /** The strategy of groups that have none of their own, and of all other models. */
  RoutingStrategy strategy() {
    return options.strategy();
  }

  /** Every model that some group lists. */
  Set<String> models() {
    return byModel.keySet();
  }
}
