package dev.infermux.mock;

import java.time.Duration;

/**
 * One event of a stream.
 *
 * @param pause how long it comes after the one before, or after the head
 * @param data what stands behind {@code data:}
 * @param characters of content in it
 */
public record ResponseStep(Kind kind, Duration pause, String data, int characters) {

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

  static ResponseStep of(Kind kind, String data) {
    return new ResponseStep(kind, Duration.ZERO, data, 0);
  }
}
