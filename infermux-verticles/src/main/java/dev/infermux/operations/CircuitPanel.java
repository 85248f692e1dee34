package dev.infermux.operations;

import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import dev.infermux.standing.circuit.Circuit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The circuits of all providers by name. Thread-safe. */
public final class CircuitPanel {

  private final Standings standings;

  public CircuitPanel(Standings standings) {
    this.standings = standings;
  }

  /** The state of each, in declared order. */
  public Map<String, CircuitState> states() {
    Map<String, CircuitState> states = new LinkedHashMap<>();
    for (Standing standing : standings.all()) {
      states.put(standing.provider(), standing.circuit().view().state());
    }
    return Collections.unmodifiableMap(states);
  }

  /**
   * The circuit of one provider.
   *
   * @throws IllegalArgumentException naming the known ones when there is no such provider
   */
  public Circuit of(String provider) {
    return standings
        .of(provider)
        .map(Standing::circuit)
        .orElseThrow(() -> new IllegalArgumentException(unknown(provider)));
  }

  private String unknown(String provider) {
    String known =
        standings.all().stream().map(Standing::provider).collect(Collectors.joining(" | "));
    return "provider: \"" + provider + "\" (expected: " + known + ")";
  }
}
