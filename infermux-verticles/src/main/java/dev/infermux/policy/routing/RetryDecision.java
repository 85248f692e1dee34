package dev.infermux.policy.routing;

import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface RetryDecision {

  /** The same provider is asked once more after a pause. */
  record Retry(Duration pause) implements RetryDecision {}

  /** Another provider is asked; the same one, after a pause, where there is no other. */
  record NextElseRetry(Duration pause) implements RetryDecision {}

  /**
   * Another provider is asked.
   *
   * @param last whether it is the last one, whatever it answers
   */
  record Next(boolean last) implements RetryDecision {}

  /** The failure is the caller's answer. */
  record Surface() implements RetryDecision {}
}
