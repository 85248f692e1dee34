package dev.infermux.policy.routing;

import dev.infermux.inference.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one provider offers, as far as routing is concerned.
 *
 * @param models null = not restricted
 * @param aliases the caller's model name to the provider's, in declared order
 * @param operations what its API can do
 */
public record ServedModels(
    String provider,
    @Nullable List<String> models,
    Map<String, String> aliases,
    Set<Operation> operations) {

  /** The offer of a provider that can do everything. */
  public ServedModels(String provider, @Nullable List<String> models, Map<String, String> aliases) {
    this(provider, models, aliases, EnumSet.allOf(Operation.class));
  }

  /** The provider's own name for a model that it lists or has an alias for, else null. */
  public @Nullable String declared(String asked) {
    String alias = aliases.get(asked);
    if (alias != null) {
      return alias;
    }
    return models != null && models.contains(asked) ? asked : null;
  }

  /** Whether it may serve more than it declares. */
  public boolean open() {
    return models == null;
  }

  /** The model that stands for the provider when none is asked for; null when it names none. */
  public @Nullable String firstModel() {
    if (models != null && !models.isEmpty()) {
      return models.get(0);
    }
    return aliases.isEmpty() ? null : aliases.values().iterator().next();
  }
}
