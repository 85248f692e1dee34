package dev.infermux.pipeline;

/** The rules that calls meet now. Safe on any thread. */
public final class RulesInForce {

  private volatile CallRules now;

  public RulesInForce(CallRules first) {
    this.now = first;
  }

  public CallRules now() {
    return now;
  }

  /** Calls that come from here on meet {@code next}. */
  public void replace(CallRules next) {
    now = next;
  }
}
