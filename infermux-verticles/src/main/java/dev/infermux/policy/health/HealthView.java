package dev.infermux.policy.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's health as last seen.
 *
 * @param reason why it is unhealthy; empty when it is healthy
 * @param advice what about its configuration seems wrong, healthy or not; empty when nothing does
 * @param checkedAt null before the first check
 */
public record HealthView(
    boolean healthy, String reason, String advice, @Nullable Instant checkedAt) {

  /** Healthy until a check says otherwise. */
  public static final HealthView UNCHECKED = new HealthView(true, "", "", null);

  /** What is to be said of it, healthy or not; empty when there is nothing. */
  public String remark() {
    return reason.isEmpty() || advice.isEmpty() ? reason + advice : reason + "; " + advice;
  }
}
