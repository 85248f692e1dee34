package dev.infermux.policy.routing;

import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface Remedy {

  /** The same provider is asked once more after a pause. */
  record Retry(Duration pause) implements Remedy {}

  /** Another provider is asked. */
  record Next() implements Remedy {}

  /** The failure is the caller's answer. */
  record Surface() implements Remedy {}
}
