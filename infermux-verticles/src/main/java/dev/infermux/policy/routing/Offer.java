package dev.infermux.policy.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one provider offers, as far as routing is concerned.
 *
 * @param models null = not restricted
 * @param aliases the caller's model name to the provider's, in declared order
 */
public record Offer(String provider, @Nullable List<String> models, Map<String, String> aliases) {

  /** The provider's own name for a model a caller asks for, or null when it does not serve it. */
  public @Nullable String modelFor(String asked) {
    String alias = aliases.get(asked);
    if (alias != null) {
      return alias;
    }
    return models == null || models.contains(asked) ? asked : null;
  }

  /** The model that stands for the provider when none is asked for; null when it names none. */
  public @Nullable String firstModel() {
    if (models != null && !models.isEmpty()) {
      return models.get(0);
    }
    return aliases.isEmpty() ? null : aliases.values().iterator().next();
  }
}
