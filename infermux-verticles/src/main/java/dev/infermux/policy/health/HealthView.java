package dev.infermux.policy.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's health as last seen.
 *
 * @param reason why it is unhealthy; empty when it is healthy
 * @param checkedAt null before the first check
 */
public record HealthView(boolean healthy, String reason, @Nullable Instant checkedAt) {

  /** Healthy until a check says otherwise. */
  public static final HealthView UNCHECKED = new HealthView(true, "", null);
}
