package dev.infermux.policy.ratelimit;

import dev.infermux.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of all callers. Of the callers that the configuration does not name a bounded number
 * is known at a time: one that has not called for a minute makes room, and those for whom there is
 * none share one set of limits. Safe on any thread.
 */
public final class CallerLimits {

  private static final int MOST_CALLERS = 4_096;
  private static final long SWEEP_NANOS = 1_000_000_000L;

  private final CallerLimitOptions each;
  private final Map<String, CallerLimitOptions> named;
  private final Ticker ticker;
  private final Map<String, CallerLimiter> limiters = new ConcurrentHashMap<>();
  private final CallerLimiter others;
  private volatile long swept;

  /**
   * Takes the limits.
   *
   * @param each of every caller without limits of its own
   * @param named the callers with limits of their own
   */
  public CallerLimits(
      CallerLimitOptions each, Map<String, CallerLimitOptions> named, Ticker ticker) {
    this.each = each;
    this.named = Map.copyOf(named);
    this.ticker = ticker;
    this.others = new CallerLimiter(each, ticker);
    this.swept = ticker.nanos() - SWEEP_NANOS;
  }

  /** Those of callers who are not limited. */
  public static CallerLimits none() {
    return new CallerLimits(CallerLimitOptions.defaults(), Map.of(), () -> 0);
  }

  /** Whether no caller is limited. */
  public boolean absent() {
    return each.equals(CallerLimitOptions.defaults()) && named.isEmpty();
  }

  /** The limits of one caller; null when it has none. */
  public @Nullable CallerLimiter of(String caller) {
    CallerLimiter known = limiters.get(caller);
    if (known != null) {
      return known;
    }
    CallerLimitOptions own = named.getOrDefault(caller, each);
    if (own.equals(CallerLimitOptions.defaults())) {
      return null;
    }
    boolean room = named.containsKey(caller) || room();
    return room
        ? limiters.computeIfAbsent(caller, fresh -> new CallerLimiter(own, ticker))
        : others;
  }

  private boolean room() {
    if (limiters.size() < MOST_CALLERS + named.size()) {
      return true;
    }
    long now = ticker.nanos();
    if (now - swept < SWEEP_NANOS) {
      return false;
    }
    swept = now;
    limiters.values().removeIf(CallerLimiter::idle);
    return limiters.size() < MOST_CALLERS + named.size();
  }
}
