package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.events.tracing.Peer;
import dev.infermux.inbound.auth.CallerKey;
import dev.infermux.policy.budget.ReservedNames;
import dev.infermux.provider.ProviderOptions;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What prices, spans and metrics ask of providers and models by name. A provider that has left
 * stays known, since its last calls are priced and traced after it. Safe on any thread.
 */
final class ProviderNames implements ReservedNames {

  /** Providers that have left and may still have calls, by name. */
  private static final int MOST_DEPARTED = 1000;

  private final AtomicReference<Known> known;

  ProviderNames() {
    this(new Known(Map.of(), Set.of(), Set.of(), Set.of(), Set.of()));
  }

  private ProviderNames(Known known) {
    this.known = new AtomicReference<>(known);
  }

  /** What is known once a configuration is in force. */
  ProviderNames with(Config config) {
    ProviderNames names = new ProviderNames(known());
    names.learn(config);
    return names;
  }

  /** Replaces what is known by what a configuration says; one change at a time. */
  void learn(Config config) {
    Map<String, Reached> providers = new LinkedHashMap<>(known().providers());
    Set<String> present = new HashSet<>();
    Set<String> models = new HashSet<>();
    for (ProviderEntry entry : config.providers()) {
      ProviderOptions provider = entry.options();
      String type = provider.type().wireName();
      present.add(provider.name());
      providers.remove(provider.name());
      Peer peer = provider.type().remote() ? Peer.of(type, provider.baseUrl()) : Peer.of(type);
      providers.put(provider.name(), new Reached(type, peer));
      if (provider.models() != null) {
        models.addAll(provider.models());
      }
      models.addAll(provider.modelAliases().keySet());
      models.addAll(provider.modelAliases().values());
    }
    forget(providers, present.size() + MOST_DEPARTED);
    Set<String> others = new HashSet<>(models);
    others.addAll(providers.keySet());
    config.routing().groups().forEach(group -> others.add(group.name()));
    Set<String> callers = new HashSet<>();
    config.http().auth().keys().forEach(key -> learn(key, callers, others));
    known.set(new Known(providers, present, models, others, callers));
  }

  /** Those that left first stand first. */
  private static void forget(Map<String, ?> names, int most) {
    Iterator<String> first = names.keySet().iterator();
    while (names.size() > most) {
      first.next();
      first.remove();
    }
  }

  private static void learn(CallerKey key, Set<String> callers, Set<String> others) {
    callers.add(key.caller());
    String project = key.project();
    if (project != null) {
      others.add(project);
    }
  }

  /** The provider type's name in the configuration; the name itself for one that is not there. */
  String type(String provider) {
    Reached reached = known().providers().get(provider);
    return reached == null ? provider : reached.type();
  }

  Peer peer(String provider) {
    Reached reached = known().providers().get(provider);
    return reached == null ? Peer.of(provider) : reached.peer();
  }

  /** The host of the provider's base URL; empty where it has none. */
  String host(String provider) {
    Reached reached = known().providers().get(provider);
    return reached == null ? "" : reached.peer().address();
  }

  /** Whether the configuration has a provider of this name now. */
  boolean present(String provider) {
    return known().present().contains(provider);
  }

  /** Whether the configuration names this model. */
  boolean configured(String model) {
    return known().models().contains(model);
  }

  @Override
  public boolean caller(String caller) {
    return known().callers().contains(caller);
  }

  @Override
  public boolean other(String name) {
    return known().others().contains(name);
  }

  private Known known() {
    return Objects.requireNonNull(known.get());
  }

  /** A provider's type, and where it is. */
  private record Reached(String type, Peer peer) {}

  private record Known(
      Map<String, Reached> providers,
      Set<String> present,
      Set<String> models,
      Set<String> others,
      Set<String> callers) {}
}
