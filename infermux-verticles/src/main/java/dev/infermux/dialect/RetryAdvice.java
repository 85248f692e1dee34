package dev.infermux.dialect;

import io.vertx.core.MultiMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about asking it again.
 *
 * @param after when; null when it does not say
 * @param forbidden whether the same request is not to be sent again
 */
public record RetryAdvice(@Nullable Duration after, boolean forbidden) {

  /** Nothing is said. */
  public static final RetryAdvice NONE = new RetryAdvice(null, false);

  /** Adds what {@code x-should-retry} says to a wait. */
  public static RetryAdvice of(MultiMap headers, @Nullable Duration after) {
    String should = headers.get("x-should-retry");
    boolean forbidden = should != null && should.trim().equalsIgnoreCase("false");
    return after == null && !forbidden ? NONE : new RetryAdvice(after, forbidden);
  }
}
