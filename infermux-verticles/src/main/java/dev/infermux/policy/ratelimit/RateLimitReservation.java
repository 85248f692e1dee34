package dev.infermux.policy.ratelimit;

/** Room taken under a {@link RateLimiter}. Only the first ending counts. Safe on any thread. */
public interface RateLimitReservation {

  /** The attempt was made and took this many tokens. */
  void settle(long tokens);

  /** The attempt was never sent: the room is free again. */
  void release();
}
