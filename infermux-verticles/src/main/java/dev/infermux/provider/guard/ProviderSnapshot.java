package dev.infermux.provider.guard;

import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.RegisteredProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All providers of one moment in declared order, the state of each, and the rules by which calls
 * are routed among them. Immutable, except for what the states measure.
 */
public final class ProviderSnapshot {

  private final RoutingOptions routing;
  private final List<RegisteredProvider> providers;
  private final List<ProviderState> states;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * @param states of the providers, in their order
   */
  public ProviderSnapshot(
      RoutingOptions routing, List<RegisteredProvider> providers, List<ProviderState> states) {
    this.routing = routing;
    this.providers = List.copyOf(providers);
    this.states = List.copyOf(states);
    for (int i = 0; i < providers.size(); i++) {
      String name = providers.get(i).name();
      if (!states.get(i).provider().equals(name)) {
        throw new IllegalArgumentException(
            "state: of \"" + states.get(i).provider() + "\" (expected: of " + name + ")");
      }
      if (positions.put(name, i) != null) {
        throw new IllegalArgumentException("providers: two named \"" + name + "\"");
      }
    }
  }

  /** Without any provider. */
  public static ProviderSnapshot empty() {
    return new ProviderSnapshot(RoutingOptions.defaults(), List.of(), List.of());
  }

  public RoutingOptions routing() {
    return routing;
  }

  public List<RegisteredProvider> providers() {
    return providers;
  }

  public List<ProviderState> states() {
    return states;
  }

  public Optional<RegisteredProvider> provider(String name) {
    return Optional.ofNullable(positions.get(name)).map(providers::get);
  }

  public Optional<ProviderState> state(String name) {
    return Optional.ofNullable(positions.get(name)).map(states::get);
  }
}
