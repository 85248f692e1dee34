package dev.infermux.provider;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider whether calls would be answered. It crosses the bus by reference and never leaves
 * the process.
 *
 * @param completion what to ask instead of what costs nothing, or null
 * @param cancellation ends the check when it has taken too long, or is no longer of interest
 */
public record HealthCheck(@Nullable Attempt completion, Cancellation cancellation)
    implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().flag("completion", completion != null).end();
  }

  /** The check succeeded. */
  public record Passed() implements Payload {
    @Override
    public byte[] json() {
      return JsonWriter.object().flag("passed", true).end();
    }
  }
}
