package dev.infermux.assembly;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.echo.EchoProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What callers may ask each provider for, in declared order. A provider without {@code models} has
 * those of its own list, as the last health check read it, else those that the price catalogue has
 * of its vendor; aliases and models of groups come after them. Safe on any thread.
 */
final class ListedProviders implements Supplier<List<ListedProvider>> {

  private final Registry registry;
  private final CurrentPrices prices;
  private volatile @Nullable Catalogued catalogued;

  ListedProviders(Registry registry, CurrentPrices prices) {
    this.registry = registry;
    this.prices = prices;
  }

  /** What does not change while the providers stay, by provider. */
  private record Catalogued(
      ProviderSnapshot snapshot, Map<String, Set<String>> own, Map<String, Set<String>> groups) {}

  @Override
  public List<ListedProvider> get() {
    Catalogued known = catalogued(registry.snapshot());
    List<ListedProvider> rows = new ArrayList<>();
    for (RegisteredProvider provider : known.snapshot().providers()) {
      ProviderOptions options = provider.options();
      Set<String> models = new LinkedHashSet<>();
      if (options.models() != null) {
        models.addAll(options.models());
      } else {
        models.addAll(unrestricted(options, known));
      }
      models.addAll(options.modelAliases().keySet());
      models.addAll(known.groups().getOrDefault(provider.name(), Set.of()));
      rows.add(new ListedProvider(provider.name(), List.copyOf(models)));
    }
    return rows;
  }

  private static Collection<String> unrestricted(ProviderOptions options, Catalogued known) {
    // What Azure lists are the models that could be deployed.
    List<String> listed =
        options.type() == ProviderType.AZURE_OPENAI
            ? List.of()
            : known
                .snapshot()
                .state(options.name())
                .map(state -> state.health().models())
                .orElse(List.of());
    return listed.isEmpty() ? known.own().getOrDefault(options.name(), Set.of()) : listed;
  }

  private Catalogued catalogued(ProviderSnapshot snapshot) {
    Catalogued known = catalogued;
    if (known == null || known.snapshot() != snapshot) {
      known = catalogue(snapshot);
      catalogued = known;
    }
    return known;
  }

  private Catalogued catalogue(ProviderSnapshot snapshot) {
    PricedModelCatalog catalog = prices.catalog(snapshot);
    Map<String, Set<String>> own = new LinkedHashMap<>();
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (RegisteredProvider provider : snapshot.providers()) {
      ProviderOptions options = provider.options();
      if (options.models() == null) {
        own.put(provider.name(), own(options, catalog));
        groups.put(provider.name(), grouped(options, snapshot.routing().groups(), catalog));
      }
    }
    return new Catalogued(snapshot, own, groups);
  }

  private Set<String> own(ProviderOptions options, PricedModelCatalog catalog) {
    if (options.type() == ProviderType.ECHO) {
      return Set.of(EchoProvider.MODEL);
    }
    if (!catalog.vendorKnown(options.name())) {
      return Set.of();
    }
    Set<String> models = new LinkedHashSet<>();
    prices.book().models().stream()
        .filter(model -> catalog.place(options.name(), model) == ModelOwnership.CLAIMED)
        .sorted()
        .forEach(models::add);
    return models;
  }

  private static Set<String> grouped(
      ProviderOptions options, List<GroupOptions> groups, ModelCatalog catalog) {
    Set<String> models = new LinkedHashSet<>();
    for (GroupOptions group : groups) {
      if (options.type().remote()
          && (group.providers().isEmpty() || group.providers().contains(options.name()))) {
        group.models().stream()
            .filter(model -> catalog.place(options.name(), model) != ModelOwnership.FOREIGN)
            .forEach(models::add);
      }
    }
    return models;
  }
}
