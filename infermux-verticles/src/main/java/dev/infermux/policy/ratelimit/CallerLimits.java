package dev.infermux.policy.ratelimit;

import dev.infermux.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The limits of all callers. Of the callers that the configuration does not name a bounded number
 * is known at a time: one that has not called for a minute makes room, and those for whom there is
 * none share one set of limits. Safe on any thread.
 */
public final class CallerLimits {

  private static final int MOST_CALLERS = 4_096;
  private static final long SWEEP_NANOS = 1_000_000_000L;

  /** No caller has this name. */
  private static final String OTHERS = "";

  private final Ticker ticker;
  private final Map<String, CallerLimiter> limiters = new ConcurrentHashMap<>();
  private volatile CallerTerms terms;
  private volatile CallerLimiter others;
  private volatile long swept;

  /** What this node may use of each caller's limits. */
  private volatile Function<String, RateShare> shares = caller -> RateShare.ALL;

  /**
   * Takes the limits.
   *
   * @param each of every caller without limits of its own
   * @param named the callers with limits of their own
   */
  public CallerLimits(
      CallerLimitOptions each, Map<String, CallerLimitOptions> named, Ticker ticker) {
    this.terms = new CallerTerms(each, named);
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
    return terms.each().equals(CallerLimitOptions.defaults()) && terms.named().isEmpty();
  }

  /**
   * Puts other limits in force. A caller whose limits change keeps its calls in flight and begins
   * its minute afresh; one whose limits stay keeps both.
   */
  public synchronized void replace(CallerLimitOptions each, Map<String, CallerLimitOptions> named) {
    CallerTerms next = new CallerTerms(each, named);
    if (next.equals(terms)) {
      return;
    }
    terms = next;
    others = others.under(each, ticker);
    for (String caller : limiters.keySet()) {
      limiters.computeIfPresent(caller, (known, limiter) -> limiter.under(next.of(known), ticker));
    }
    share(shares);
  }

  /** The limits of one caller; null when it has none. */
  public @Nullable CallerLimiter of(String caller) {
    CallerLimiter known = limiters.get(caller);
    if (known != null) {
      return known.unlimited() ? null : known;
    }
    CallerTerms now = terms;
    if (now.of(caller).equals(CallerLimitOptions.defaults())) {
      return null;
    }
    boolean room = now.named().containsKey(caller) || room(now);
    return room ? limiters.computeIfAbsent(caller, this::limiter) : others;
  }

  /** From now on this node uses so much of each caller's limits. */
  public void share(Function<String, RateShare> next) {
    shares = next;
    limiters.forEach((caller, limiter) -> limiter.share(next.apply(caller)));
    others.share(next.apply(OTHERS));
  }

  /**
   * Tells what each caller has asked for since this was called last; those without a name first.
   */
  public void demands(BiConsumer<String, RateDemand> receiver) {
    receiver.accept(OTHERS, others.demand());
    limiters.forEach((caller, limiter) -> receiver.accept(caller, limiter.demand()));
  }

  private CallerLimiter limiter(String caller) {
    CallerLimiter made = new CallerLimiter(terms.of(caller), ticker);
    made.share(shares.apply(caller));
    return made;
  }

  private boolean room(CallerTerms terms) {
    int most = MOST_CALLERS + terms.named().size();
    if (limiters.size() < most) {
      return true;
    }
    long now = ticker.nanos();
    if (now - swept < SWEEP_NANOS) {
      return false;
    }
    swept = now;
    limiters.values().removeIf(CallerLimiter::idle);
    return limiters.size() < most;
  }
}
