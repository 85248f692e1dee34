package dev.infermux.policy.routing;

import java.time.Duration;

/**
 * Trying the same provider again.
 *
 * @param attempts retries after the first try; 0 = none
 * @param backoff mean pause before a retry
 * @param maxRetryAfter longest {@code Retry-After} that is waited for
 */
public record RetryOptions(int attempts, Duration backoff, Duration maxRetryAfter) {
  private static final RetryOptions DEFAULTS =
      new RetryOptions(1, Duration.ofMillis(250), Duration.ofSeconds(3));

  public static RetryOptions defaults() {
    return DEFAULTS;
  }

  public RetryOptions withAttempts(int attempts) {
    return new RetryOptions(attempts, backoff, maxRetryAfter);
  }

  public RetryOptions withBackoff(Duration backoff) {
    return new RetryOptions(attempts, backoff, maxRetryAfter);
  }

  public RetryOptions withMaxRetryAfter(Duration maxRetryAfter) {
    return new RetryOptions(attempts, backoff, maxRetryAfter);
  }
}
