package dev.infermux.inbound.management.view;

/** What can be done to a circuit by hand, under the names of the paths. */
public enum CircuitAction {
  /** Calls go elsewhere until it is closed by hand or its recovery window has passed. */
  OPEN("open"),
  /** Calls are let through again, without a probe. */
  CLOSE("close"),
  /** Closes it and forgets its statistics. */
  RESET("reset");

  private final String wireName;

  CircuitAction(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
