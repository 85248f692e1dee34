package dev.infermux.policy.routing;

/** What happens to a stream that was cut after its first content reached the caller. */
public enum MidStream {
  /** The caller gets an error event. */
  ERROR("error"),
  /** A provider that takes prefill goes on from the text already sent. */
  CONTINUE("continue"),
  /** The same; where none takes prefill, one is asked anew that must begin with that text. */
  RESTART("restart");

  private final String wireName;

  MidStream(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
