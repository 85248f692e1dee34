package dev.infermux.spi;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.mist.LocalPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider whether calls would be answered.
 *
 * @param completion what to ask instead of what costs nothing, or null
 * @param findings told what the check learns beside its result
 * @param cancellation ends the check when it has taken too long, or is no longer of interest
 */
public record HealthCheck(
    @Nullable Attempt completion, Findings findings, Cancellation cancellation)
    implements LocalPayload {

  /** A check of which nothing is needed but its result. */
  public HealthCheck(@Nullable Attempt completion, Cancellation cancellation) {
    this(completion, names -> {}, cancellation);
  }

  /** What a check learns beside its result. */
  public interface Findings {

    /** Told the names in the provider's own list of models, where the check has read it. */
    void listed(List<String> models);

    /** Told, in a line, what about the provider's configuration seems wrong. */
    default void advise(String advice) {}
  }

  /** The reply of a provider that would answer. */
  public record Passed() implements LocalPayload {}
}
