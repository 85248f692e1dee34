package dev.infermux.mock;

import java.time.Duration;

/**
 * One event of a stream.
 *
 * @param pause how long it comes after the one before, or after the head
 * @param frame the whole of it, as it is written
 * @param characters of content in it
 */
public record ResponseStep(Kind kind, Duration pause, String frame, int characters) {

  /** What an event is for. */
  public enum Kind {
    /** The role, or a token. */
    CONTENT,
    /** No JSON. */
    NOISE,
    /** The reason why the answer ends. */
    FINISH,
    USAGE,
    DONE,
    ERROR
  }

  static ResponseStep of(Kind kind, String frame) {
    return new ResponseStep(kind, Duration.ZERO, frame, 0);
  }
}
