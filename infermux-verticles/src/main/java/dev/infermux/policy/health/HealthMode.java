package dev.infermux.policy.health;

/** What a health probe asks of a provider. */
public enum HealthMode {
  /** Its list of models, which costs nothing. */
  MODELS("models"),
  /** An answer of one token. */
  COMPLETION("completion");

  private final String wireName;

  HealthMode(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
