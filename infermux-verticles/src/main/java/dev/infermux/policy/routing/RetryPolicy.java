package dev.infermux.policy.routing;

import dev.infermux.inference.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its class alone what follows a failed attempt; nothing else in the router does.
 *
 * <p>What passes soon is tried again in place, once and after a pause: a broken connection, a 5xx,
 * nonsense, a stream cut before its first content, and a 429 whose wait is short. What another
 * provider may do better goes there. What is the caller's own goes back to the caller. Immutable.
 */
public final class RetryPolicy {

  private static final RetryDecision NEXT = new RetryDecision.Next();
  private static final RetryDecision SURFACE = new RetryDecision.Surface();

  /** A retry comes between half the mean pause and one and a half of it. */
  private static final double LEAST_JITTER = 0.5;

  /** How much later than asked for a retry comes at most, so that retries do not come together. */
  private static final long RETRY_AFTER_SPREAD_MILLIS = 100;

  private final RetryOptions retry;
  private final boolean failover;

  public RetryPolicy(RetryOptions retry, FailoverOptions failover) {
    this.retry = retry;
    this.failover = failover.enabled();
  }

  /** Whether another provider may be asked at all. */
  public boolean failsOver() {
    return failover;
  }

  /**
   * The remedy for one failure.
   *
   * @param retryAfter how long the provider asked to be left alone; null when it did not say
   * @param retries how often this provider was tried again already
   * @param jitter evenly drawn from 0 to 1
   */
  public RetryDecision after(
      FailureClass failure, @Nullable Duration retryAfter, int retries, double jitter) {
    return switch (failure) {
      case CONNECTION, SERVER_ERROR, MALFORMED, CUT ->
          retries < retry.attempts() ? new RetryDecision.Retry(backoff(retries, jitter)) : next();
      case RATE_LIMITED -> limited(retryAfter, retries, jitter);
      case SILENCE, UNAUTHORIZED, CONTEXT_LENGTH, UNTRANSLATABLE -> next();
      case CALLER_FAULT, CANCELLED -> SURFACE;
    };
  }

  private RetryDecision limited(@Nullable Duration retryAfter, int retries, double jitter) {
    if (retries >= retry.attempts()) {
      return next();
    } else if (retryAfter == null) {
      return new RetryDecision.Retry(backoff(retries, jitter));
    } else if (retryAfter.compareTo(retry.maxRetryAfter()) > 0) {
      return next();
    }
    // Never before the time the provider gave.
    return new RetryDecision.Retry(
        retryAfter.plusMillis(1 + (long) (jitter * RETRY_AFTER_SPREAD_MILLIS)));
  }

  private RetryDecision next() {
    return failover ? NEXT : SURFACE;
  }

  /** Doubles with each further retry. */
  private Duration backoff(int retries, double jitter) {
    double factor = (LEAST_JITTER + jitter) * (1L << Math.min(retries, 20));
    return Duration.ofNanos((long) (retry.backoff().toNanos() * factor));
  }
}
