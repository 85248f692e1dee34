package dev.infermux.policy.circuit;

/** What one circuit stands for. */
public enum CircuitScope {
  /** A provider with all its models. */
  PROVIDER("provider"),
  /** One model of a provider. */
  MODEL("model");

  private final String wireName;

  CircuitScope(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
