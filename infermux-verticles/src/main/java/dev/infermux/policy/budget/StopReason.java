package dev.infermux.policy.budget;

/** Why a call did not get the money that it may cost. */
public enum StopReason {
  /** The limit leaves no room for it. */
  SPENT("spent"),
  /** The limit would, but other nodes hold what is left, and did not give it back in time. */
  AUTHORISED_ELSEWHERE("authorised_elsewhere"),
  /** This node has spent what it was authorised, and the store that authorises does not answer. */
  LEDGER_UNREACHABLE("ledger_unreachable");

  private final String wireName;

  StopReason(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
