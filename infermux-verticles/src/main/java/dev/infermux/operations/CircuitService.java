package dev.infermux.operations;

import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.provider.guard.ProviderState;
import dev.infermux.provider.guard.ProviderStates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The circuits of all providers by name. Thread-safe. */
public final class CircuitService {

  private final ProviderStates providers;

  public CircuitService(ProviderStates states) {
    this.providers = states;
  }

  /** The state of each, in declared order. */
  public Map<String, CircuitState> states() {
    Map<String, CircuitState> states = new LinkedHashMap<>();
    for (ProviderState state : providers.all()) {
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
    return providers
        .of(provider)
        .map(ProviderState::circuit)
        .orElseThrow(() -> new IllegalArgumentException(unknown(provider)));
  }

  private String unknown(String provider) {
    String known =
        providers.all().stream().map(ProviderState::provider).collect(Collectors.joining(" | "));
    return "provider: \"" + provider + "\" (expected: " + known + ")";
  }
}
