package dev.infermux.policy.ratelimit;

import dev.infermux.inference.Exclusion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was said of one model last, in nanoseconds since a start.
 *
 * @param pauses how often it was passed over in a row before
 */
record ModelCooldown(Exclusion reason, long since, long until, int pauses) {

  private static final long FIRST_PAUSE = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(60).toNanos();

  /** Closed for so long, or as before where that is longer. */
  static ModelCooldown closed(@Nullable ModelCooldown before, long now, long wait) {
    return before != null && before.closes(now) && before.until >= now + wait
        ? before
        : new ModelCooldown(Exclusion.RATE_LIMIT, now, now + wait, 0);
  }

  /** Passed over; answers to attempts that were under way together make one pause. */
  static ModelCooldown pause(@Nullable ModelCooldown before, long now) {
    if (before != null && before.holds(now) && before.reason != Exclusion.UNKNOWN_MODEL) {
      return before;
    }
    boolean repeats =
        before != null && before.reason == Exclusion.COOLDOWN && !before.forgotten(now);
    int pauses = before != null && repeats ? before.pauses + 1 : 0;
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(pauses, 10));
    return new ModelCooldown(Exclusion.COOLDOWN, now, now + pause, pauses);
  }

  /** Passed over as unknown, unless it is closed. */
  static ModelCooldown unknown(@Nullable ModelCooldown before, long now, long wait) {
    return before != null && before.closes(now)
        ? before
        : new ModelCooldown(Exclusion.UNKNOWN_MODEL, now, now + wait, 0);
  }

  boolean holds(long now) {
    return now < until;
  }

  boolean closes(long now) {
    return reason == Exclusion.RATE_LIMIT && holds(now);
  }

  /** Long enough after a pause it no longer makes the next one longer. */
  boolean forgotten(long now) {
    return now >= (reason == Exclusion.COOLDOWN ? until + 2 * LONGEST_PAUSE : until);
  }
}
