package dev.infermux.mock.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of an answer. */
public sealed interface MockOutcome {

  /** It is given to its end. */
  MockOutcome ANSWERS = new Answers();

  /** It is a success by its status and not what the dialect promises. */
  MockOutcome GARBAGE = new Garbage();

  /** It is given to its end. */
  record Answers() implements MockOutcome {}

  /** It is a success by its status and not what the dialect promises. */
  record Garbage() implements MockOutcome {}

  /**
   * It is a refusal.
   *
   * @param status 300 to 599
   * @param code the error code in its body; empty = the usual one of the status
   * @param retryAfter its {@code Retry-After}; null = none
   */
  record Refuses(int status, String code, @Nullable Duration retryAfter) implements MockOutcome {}

  /**
   * It begins and does not end well.
   *
   * @param after tokens that come before; {@link #BEFORE_HEAD} = not even a head comes
   * @param code the error code, for {@link How#ERROR} alone; empty = none
   */
  record Breaks(How how, int after, String code) implements MockOutcome {

    /** Nothing comes at all. */
    public static final int BEFORE_HEAD = -1;

    /** Whether not even a head comes. */
    public boolean beforeHead() {
      return after == BEFORE_HEAD;
    }
  }

  /** In which way an answer breaks. */
  enum How {
    /** The connection is closed in order. */
    CUT,
    /** The connection is torn down. */
    RESET,
    /** The connection stays, and nothing more comes. */
    SILENCE,
    /** An error stands where the answer should go on. */
    ERROR
  }
}
