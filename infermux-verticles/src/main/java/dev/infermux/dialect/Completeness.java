package dev.infermux.dialect;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether an answer is whole, for every dialect and front API, streamed or not.
 *
 * <p>An answer is whole when each of its choices has given a reason to end that is no error, and no
 * error came before its end. Nothing else proves it: no status 200, no terminal event, no end of a
 * connection. What is not proven is a failure of the attempt, and no front API invents a reason.
 *
 * <p>A terminal event lets an answer be whole with fewer choices than were asked for, since some
 * servers do not know {@code n}; without one, a choice that never began may have been cut off.
 */
public final class Completeness {

  /** Words that stand where a reason to end does and say that the answer failed. */
  private static final Set<String> ERRORS =
      Set.of(
          "error",
          "abort",
          "aborted",
          "cancelled",
          "canceled",
          "failed",
          "failure",
          "timeout",
          "internal_error",
          "server_error",
          "network_error",
          "upstream_error",
          "insufficient_system_resource",
          "malformed_function_call",
          "finish_reason_error");

  private final long expected;
  private final BitSet begun = new BitSet();
  private final BitSet ended = new BitSet();
  private boolean failed;

  /**
   * Of an answer of which nothing has come yet.
   *
   * @param expected how many choices were asked for
   */
  public Completeness(long expected) {
    this.expected = expected;
  }

  /** Whether a word that stands where a reason to end does says that the answer failed. */
  public static boolean isError(String reason) {
    return ERRORS.contains(reason) || ERRORS.contains(reason.toLowerCase(Locale.ROOT));
  }

  public void begins(int choice) {
    begun.set(choice);
  }

  /**
   * A choice gives its reason to end.
   *
   * @param reason empty = none
   */
  public void ends(int choice, String reason) {
    if (reason.isEmpty()) {
      return;
    }
    begun.set(choice);
    if (isError(reason)) {
      failed = true;
    } else {
      ended.set(choice);
    }
  }

  public boolean hasBegun(int choice) {
    return begun.get(choice);
  }

  public boolean hasEnded(int choice) {
    return ended.get(choice);
  }

  /** Whether each choice that was seen has ended well: an answer that says it is over is whole. */
  public boolean whole() {
    return !failed && !ended.isEmpty() && ended.equals(begun);
  }

  /** Whether that holds, and for each choice that was asked for: nothing but usage can follow. */
  public boolean complete() {
    return whole() && ended.cardinality() >= expected;
  }
}
