package dev.infermux.spi;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.mist.LocalPayload;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider whether calls would be answered.
 *
 * @param completion what to ask instead of what costs nothing, or null
 * @param listed told the names in the provider's own list of models, where the check has read it
 * @param cancellation ends the check when it has taken too long, or is no longer of interest
 */
public record HealthCheck(
    @Nullable Attempt completion, Consumer<List<String>> listed, Cancellation cancellation)
    implements LocalPayload {

  /** A check of whose list nothing is needed. */
  public HealthCheck(@Nullable Attempt completion, Cancellation cancellation) {
    this(completion, names -> {}, cancellation);
  }

  /** The reply of a provider that would answer. */
  public record Passed() implements LocalPayload {}
}
