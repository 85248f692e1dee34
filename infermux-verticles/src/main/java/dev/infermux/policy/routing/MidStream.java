package dev.infermux.policy.routing;

/** What happens to a stream that was cut after its first content reached the caller. */
public enum MidStream {
  /** The caller gets an error event. */
  ERROR("error"),
  /** A provider that takes prefill goes on from the text already sent. */
  CONTINUE("continue");

  private final String wireName;

  MidStream(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
