package dev.infermux.operations;

import dev.infermux.inference.UnknownProvider;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The circuits of all providers by name. Thread-safe. */
public final class CircuitService {

  private final Registry registry;

  public CircuitService(Registry registry) {
    this.registry = registry;
  }

  /** The state of each, in declared order. */
  public Map<String, CircuitState> states() {
    Map<String, CircuitState> states = new LinkedHashMap<>();
    for (ProviderState state : registry.snapshot().states()) {
      states.put(state.provider(), state.circuits().view().state());
    }
    return Collections.unmodifiableMap(states);
  }

  /**
   * The provider of that name, whose circuits can be turned by hand.
   *
   * @throws IllegalArgumentException naming the known ones when there is no such provider
   */
  public ProviderState of(String provider) {
    return registry
        .snapshot()
        .state(provider)
        .orElseThrow(() -> new IllegalArgumentException(unknown(provider)));
  }

  private String unknown(String provider) {
    return UnknownProvider.text(
        provider, registry.snapshot().states().stream().map(ProviderState::provider));
  }
}
