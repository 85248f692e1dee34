package dev.infermux.policy.circuit;

/** Why a circuit changed its state, under the names of the wire. */
public enum CircuitReason {
  ERROR_RATE("error_rate"),
  CONSECUTIVE_FAILURES("consecutive_failures"),
  LATENCY_P95("latency_p95"),
  /** The recovery window has passed. */
  RECOVERY_WINDOW("recovery_window"),
  PROBE_OK("probe_ok"),
  PROBE_FAILED("probe_failed"),
  /** An operator opened, closed or reset it. */
  MANUAL("manual");

  private final String wireName;

  CircuitReason(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
