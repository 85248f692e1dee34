package dev.infermux.events;

import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import java.time.Instant;

/**
 * A provider's health has flipped.
 *
 * @param reason why it is unhealthy; empty when it is healthy
 * @param checkedAt the end of the check that found it so
 */
public record ProviderHealthEvent(
    String provider, boolean healthy, String reason, Instant checkedAt) implements Payload {

  public static final String TYPE = MistType.EVENT_PROVIDER_HEALTH;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("provider", provider)
        .flag("healthy", healthy)
        .textIfAny("reason", reason)
        .integer("checked_ns", checkedAt.getEpochSecond() * NANOS_PER_SECOND + checkedAt.getNano())
        .end();
  }
}
