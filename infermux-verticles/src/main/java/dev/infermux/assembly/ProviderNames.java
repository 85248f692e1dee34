package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.events.tracing.Peer;
import dev.infermux.provider.ProviderOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the witnesses ask of providers and models by name. Immutable. */
public final class ProviderNames {

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Peer> peers = new HashMap<>();
  private final Set<String> models = new HashSet<>();

  public ProviderNames(Config config) {
    for (ProviderEntry entry : config.providers()) {
      ProviderOptions provider = entry.options();
      String type = provider.type().wireName();
      types.put(provider.name(), type);
      peers.put(
          provider.name(),
          provider.type().remote() ? Peer.of(type, provider.baseUrl()) : Peer.of(type));
      models.addAll(provider.models() == null ? List.of() : provider.models());
      models.addAll(provider.modelAliases().keySet());
      models.addAll(provider.modelAliases().values());
    }
  }

  /** The provider type's name in the configuration; the name itself for one that is not there. */
  public String type(String provider) {
    return types.getOrDefault(provider, provider);
  }

  public Peer peer(String provider) {
    Peer known = peers.get(provider);
    return known == null ? Peer.of(provider) : known;
  }

  /** Whether the configuration names this model. */
  public boolean configured(String model) {
    return models.contains(model);
  }
}
