package dev.infermux.health;

import dev.infermux.inference.Operation;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.ratelimit.Cooldowns;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.RegisteredProvider;
import java.util.List;
import java.util.Optional;

/**
 * One provider whose health is checked.
 *
 * @param cooldowns while the provider is well and wants to be left alone, nothing is asked
 * @param health keeps what is found
 */
public record HealthTarget(
    RegisteredProvider provider, HealthOptions options, Cooldowns cooldowns, Health health) {

  String name() {
    return provider.name();
  }

  boolean hasOwnKey() {
    return provider.options().apiKey() != null;
  }

  boolean wantsCompletion() {
    return options.mode() == HealthMode.COMPLETION;
  }

  /**
   * The model whose completion is the check; empty where something else is, which is also so when
   * the configuration names no model.
   */
  Optional<String> completionModel() {
    ProviderOptions known = provider.options();
    if (!wantsCompletion() || !provider.operations().contains(Operation.CHAT)) {
      return Optional.empty();
    }
    List<String> models = known.models() == null ? List.of() : known.models();
    return models.stream().findFirst().or(() -> known.modelAliases().values().stream().findFirst());
  }
}
