package dev.infermux.policy.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads checks over time, so that those of many providers and many gateways do not fall together.
 * Not thread-safe, as the generator is not.
 */
public final class CheckJitter {

  /** A tenth of the time, up or down. */
  private static final double SPREAD = 0.1;

  private final RandomGenerator random;

  public CheckJitter(RandomGenerator random) {
    this.random = random;
  }

  /** A time near this one; never zero. */
  public Duration around(Duration time) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos(Math.max(1, (long) (time.toNanos() * factor)));
  }
}
