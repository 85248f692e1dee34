package dev.infermux.operations;

import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.Registry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
      states.put(state.provider(), state.circuit().view().state());
    }
    return Collections.unmodifiableMap(states);
  }

  /**
   * The circuit of one provider.
   *
   * @throws IllegalArgumentException naming the known ones when there is no such provider
   */
  public CircuitBreaker of(String provider) {
    return registry
        .snapshot()
        .state(provider)
        .map(ProviderState::circuit)
        .orElseThrow(() -> new IllegalArgumentException(unknown(provider)));
  }

  private String unknown(String provider) {
    String known =
        registry.snapshot().states().stream()
            .map(ProviderState::provider)
            .collect(Collectors.joining(" | "));
    return "provider: \"" + provider + "\" (expected: " + known + ")";
  }
}
