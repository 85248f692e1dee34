package dev.infermux.mock.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are answered; those beyond get a 429.
 *
 * @param per in any time of this length; null = in all
 */
public record MockRateLimit(int requests, @Nullable Duration per) {

  /** The mock keeps the time of each request that counts. */
  private static final int MOST_REQUESTS = 1_000_000;

  public MockRateLimit {
    if (requests < 0 || requests > MOST_REQUESTS) {
      throw new MockSyntaxException(
          String.valueOf(requests), "a whole number from 0 to " + MOST_REQUESTS);
    }
  }

  /** The time as scripts write it; null = in all. */
  public @Nullable String perText() {
    return per == null ? null : Values.text(per);
  }
}
