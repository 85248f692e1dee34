package dev.infermux.policy.budget;

/** What becomes of a call of a caller with a hard limit at a model without a price. */
public enum UnpricedAction {
  /** The provider is left out; where none is left the call is refused. */
  REFUSE("refuse"),
  /** It goes, and counts as 0. */
  ALLOW("allow");

  private final String wireName;

  UnpricedAction(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
