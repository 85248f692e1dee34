package dev.infermux.spi;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.mist.LocalPayload;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider whether calls would be answered.
 *
 * @param completion what to ask instead of what costs nothing, or null
 * @param cancellation ends the check when it has taken too long, or is no longer of interest
 */
public record HealthCheck(@Nullable Attempt completion, Cancellation cancellation)
    implements LocalPayload {

  /** The reply of a provider that would answer. */
  public record Passed() implements LocalPayload {}
}
