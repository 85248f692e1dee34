package dev.infermux.policy.budget;

/** What happens to a call that no longer fits its caller's budget. */
public enum BudgetAction {
  /** It is refused before it reaches a provider. */
  HARD_STOP("hard_stop"),
  /** It goes through and an event says so. */
  ALERT("alert"),
  /** It is served by a cheaper model. */
  MODEL_OVERRIDE("model_override");

  private final String wireName;

  BudgetAction(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
