package dev.infermux.policy.routing;

import dev.infermux.inference.Failure;
import java.time.Duration;

/**
 * Decides by its class alone what follows a failed attempt; nothing else in the router does.
 *
 * <p>What passes soon is tried again in place, once and after a pause: a broken connection, a 5xx,
 * a stream cut before its first content, a 408, 409 or 425, and a 429 whose wait is short. What was
 * paid for is not paid for again at the same provider. What another provider may do better goes
 * there. What is the caller's own goes back to the caller. Immutable.
 */
public final class RetryPolicy {

  private static final RetryDecision NEXT = new RetryDecision.Next(false);
  private static final RetryDecision LAST = new RetryDecision.Next(true);
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
   * @param retries how often this provider was tried again already
   * @param jitter evenly drawn from 0 to 1
   */
  public RetryDecision after(Failure failure, int retries, double jitter) {
    return switch (failure.kind()) {
      case CONNECTION, SERVER_ERROR, CUT, TRANSIENT -> again(failure, retries, jitter);
      case RATE_LIMITED -> limited(failure, retries, jitter);
      case MALFORMED,
          SILENCE,
          UNAUTHORIZED,
          QUOTA,
          NOT_FOUND,
          CONTEXT_LENGTH,
          UNTRANSLATABLE,
          LOCAL_SHORTAGE ->
          next();
      case TOO_LARGE -> failover ? LAST : SURFACE;
      case CALLER_FAULT, CANCELLED -> SURFACE;
    };
  }

  /** Without a time, whoever else serves the model is asked first. */
  private RetryDecision limited(Failure failure, int retries, double jitter) {
    RetryDecision again = again(failure, retries, jitter);
    return failover && failure.retryAfter() == null && again instanceof RetryDecision.Retry retryNow
        ? new RetryDecision.NextElseRetry(retryNow.pause())
        : again;
  }

  private RetryDecision again(Failure failure, int retries, double jitter) {
    Duration asked = failure.retryAfter();
    if (retries >= retry.attempts() || failure.forbidsRetry()) {
      return next();
    } else if (asked == null) {
      return new RetryDecision.Retry(backoff(retries, jitter));
    } else if (asked.compareTo(retry.maxRetryAfter()) > 0) {
      return next();
    }
    // Never before the time the provider gave.
    return new RetryDecision.Retry(
        asked.plusMillis(1 + (long) (jitter * RETRY_AFTER_SPREAD_MILLIS)));
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
