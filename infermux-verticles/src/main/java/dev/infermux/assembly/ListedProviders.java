package dev.infermux.assembly;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.Registry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads off the registry what callers may ask each provider for. */
final class ListedProviders {

  private ListedProviders() {}

  /** In declared order; of each its models, then the aliases that are not among them. */
  static List<ListedProvider> of(Registry registry) {
    List<ListedProvider> rows = new ArrayList<>();
    for (RegisteredProvider provider : registry.snapshot().providers()) {
      Set<String> models = new LinkedHashSet<>();
      if (provider.options().models() != null) {
        models.addAll(provider.options().models());
      }
      models.addAll(provider.options().modelAliases().keySet());
      rows.add(new ListedProvider(provider.name(), List.copyOf(models)));
    }
    return rows;
  }
}
