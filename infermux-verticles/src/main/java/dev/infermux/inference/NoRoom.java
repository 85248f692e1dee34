package dev.infermux.inference;

import java.time.Duration;

/** What is told where the account of buffered bytes has no room for something of a call. */
public final class NoRoom {

  private static final String SETTING = ": no room for it (limits.max_buffered_bytes";
  private static final String ADVICE = ", shared by all calls; try again shortly)";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private NoRoom() {}

  /**
   * For where the size of the account is not known.
   *
   * @param what has no room, as in {@code answer}
   */
  public static Failure of(String what) {
    return new Failure.Overloaded(what + SETTING + ADVICE, RETRY_AFTER);
  }

  /**
   * The same with the size of the account.
   *
   * @param limit bytes that the process may buffer
   */
  public static Failure of(String what, long limit) {
    return new Failure.Overloaded(what + SETTING + ": " + limit + ADVICE, RETRY_AFTER);
  }
}
