package dev.infermux.resilience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Throws an error at one step of a call. */
final class Bomb {

  /** Where others' code, or ours, may throw. */
  enum Step {
    TRACE,
    ATTEMPT_TRACE,
    TRACE_END,
    LISTENER,
    PRICE,
    ESTIMATE,
    CAPTURE,
    CAPTURED_ANSWER,
    CAPTURED_CONTENT,
    SENDER,
    PROVIDER,
    PROVIDER_LATER,
    STREAM_END,
    RESERVE,
    REDUCE,
    DURABLE,
    BOOK,
    HOLD,
    READER;

    /** Whether the caller cannot have the answer then. */
    boolean costsTheAnswer() {
      return this == TRACE
          || this == ATTEMPT_TRACE
          || this == CAPTURE
          || this == CAPTURED_ANSWER
          || this == SENDER
          || this == PROVIDER
          || this == PROVIDER_LATER
          || this == STREAM_END
          || this == RESERVE
          || this == REDUCE
          || this == DURABLE
          || this == HOLD
          || this == READER;
    }
  }

  private @Nullable Step step;
  private @Nullable Error error;
  private boolean armed;
  private boolean fired;

  static List<Error> errors() {
    return List.of(
        new OutOfMemoryError("Java heap space"),
        new StackOverflowError(),
        new AssertionError("cannot happen"));
  }

  void arm(Step where, Error what) {
    step = where;
    error = what;
    armed = true;
  }

  void disarm() {
    armed = false;
  }

  boolean fired() {
    return fired;
  }

  void at(Step here) {
    if (armed && here == step && error != null) {
      fired = true;
      throw error;
    }
  }

  @Nullable Error errorAt(Step here) {
    if (!armed || here != step) {
      return null;
    }
    fired = true;
    return error;
  }

  @Override
  public String toString() {
    return error + " at " + step;
  }
}
