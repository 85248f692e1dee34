package dev.infermux.policy.health;

import java.time.Duration;

/** How often and by what a provider's health is probed. */
public record HealthOptions(
    Duration interval, Duration timeout, boolean disabled, HealthMode mode) {

  private static final HealthOptions DEFAULTS =
      new HealthOptions(Duration.ofSeconds(60), Duration.ofSeconds(10), false, HealthMode.MODELS);

  public static HealthOptions defaults() {
    return DEFAULTS;
  }

  public HealthOptions withInterval(Duration interval) {
    return new HealthOptions(interval, timeout, disabled, mode);
  }

  public HealthOptions withTimeout(Duration timeout) {
    return new HealthOptions(interval, timeout, disabled, mode);
  }

  public HealthOptions withDisabled(boolean disabled) {
    return new HealthOptions(interval, timeout, disabled, mode);
  }

  public HealthOptions withMode(HealthMode mode) {
    return new HealthOptions(interval, timeout, disabled, mode);
  }
}
