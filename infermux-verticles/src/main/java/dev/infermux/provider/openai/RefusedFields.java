package dev.infermux.provider.openai;

import dev.infermux.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which fields a provider's models have refused, for an hour. The same for all cells; safe on any
 * thread.
 */
final class RefusedFields {

  /** Entries that are remembered; the names of models come from callers. */
  private static final int MOST = 512;

  private static final long REMEMBERED = Duration.ofHours(1).toNanos();

  private final Ticker ticker;
  private final Map<Refusal, Long> since = new ConcurrentHashMap<>();

  private record Refusal(String model, String field) {}

  RefusedFields(Ticker ticker) {
    this.ticker = ticker;
  }

  boolean has(String model, String field) {
    if (since.isEmpty()) {
      return false;
    }
    Long at = since.get(new Refusal(model, field));
    return at != null && ticker.nanos() - at < REMEMBERED;
  }

  void remember(String model, String field) {
    if (since.size() >= MOST) {
      since.values().removeIf(at -> ticker.nanos() - at >= REMEMBERED);
    }
    if (since.size() < MOST) {
      since.put(new Refusal(model, field), ticker.nanos());
    }
  }
}
