package dev.infermux.inbound;

import dev.infermux.inference.Call;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Reads how long a caller will wait for an answer to begin. */
public final class TimeLimit {

  private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Infermux-Timeout-Ms");
  private static final long MOST_MILLIS = 86_400_000;

  private TimeLimit() {}

  /**
   * The call's deadline on the clock of {@link System#nanoTime()}.
   *
   * @throws InferenceException with an {@link InvalidRequest}
   */
  public static long deadline(MultiMap headers, long startedNanos) {
    String value = headers.get(HEADER);
    return value == null ? Call.NO_DEADLINE : startedNanos + millis(value.trim()) * 1_000_000;
  }

  private static long millis(String value) {
    boolean digits =
        !value.isEmpty() && value.length() <= 8 && value.chars().allMatch(TimeLimit::digit);
    long millis = digits ? Long.parseLong(value) : 0;
    if (millis < 1 || millis > MOST_MILLIS) {
      throw new InferenceException(
          new InvalidRequest(
              "X-Infermux-Timeout-Ms: not a time limit (expected: 1 to 86400000 milliseconds)",
              null));
    }
    return millis;
  }

  private static boolean digit(int character) {
    return character >= '0' && character <= '9';
  }
}
