package dev.infermux.policy.circuit;

/** Whether a provider's circuit lets calls through, under the names of the wire. */
public enum CircuitState {
  CLOSED("closed"),
  HALF_OPEN("half-open"),
  OPEN("open");

  private final String wireName;

  CircuitState(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
