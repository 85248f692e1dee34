package dev.infermux.memory;

/** What buffered bytes are of, as the metric has it. */
public enum BufferedKind {
  /** Bodies of callers, until their call is over. */
  REQUESTS("requests"),
  /** Whole answers, as they arrive and until the caller has taken them. */
  ANSWERS("answers"),
  /** What of a stream waits for the rest of its event, or for its caller. */
  STREAMS("streams"),
  /** What was written and the sockets of callers do not take. */
  UNSENT("unsent"),
  /** The texts of the calls that finished last. */
  RECORDS("records"),
  /** Events that wait for their readers at management. */
  EVENTS("events");

  private final String wireName;

  BufferedKind(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the metric's label. */
  public String wireName() {
    return wireName;
  }
}
