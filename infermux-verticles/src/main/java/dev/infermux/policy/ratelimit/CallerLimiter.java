package dev.infermux.policy.ratelimit;

import dev.infermux.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps one caller under its limits. Safe on any thread. */
public final class CallerLimiter {

  /** When a call in flight may have ended, since nothing tells. */
  private static final Duration UNTIL_ANOTHER_ENDS = Duration.ofSeconds(1);

  private final CallerLimitOptions options;
  private final RateLimiter rates;
  private final AtomicInteger inFlight;

  /** What this node admits at once. */
  private volatile int most;

  /** Calls that were asked for since somebody looked. */
  private final AtomicLong asked = new AtomicLong();

  CallerLimiter(CallerLimitOptions options, Ticker ticker) {
    this(options, new RateLimiter(options.rates(), ticker), new AtomicInteger());
  }

  private CallerLimiter(CallerLimitOptions options, RateLimiter rates, AtomicInteger inFlight) {
    this.options = options;
    this.rates = rates;
    this.inFlight = inFlight;
    this.most = options.maxInFlight();
  }

  /** The same caller under other limits: what it has in flight counts on. */
  CallerLimiter under(CallerLimitOptions next, Ticker ticker) {
    if (next.equals(options)) {
      return this;
    }
    boolean sameRates = next.rates().equals(options.rates());
    return new CallerLimiter(
        next, sameRates ? rates : new RateLimiter(next.rates(), ticker), inFlight);
  }

  /** What this node may use of the caller's limits; a node alone uses all of them. */
  void share(RateShare share) {
    rates.share(share);
    int all = options.maxInFlight();
    most = all == CallerLimitOptions.UNLIMITED ? all : (int) share.ofRequests(all);
  }

  /** What the caller asked for since this was called last. */
  RateDemand demand() {
    return new RateDemand(asked.getAndSet(0), rates.demand().tokens());
  }

  /** Whether nothing limits it any more: it is kept for what it has in flight. */
  boolean unlimited() {
    return options.equals(CallerLimitOptions.defaults());
  }

  /** Takes room for one call; null when there is none, as {@link #refusal} says. */
  public @Nullable RateLimitReservation enter(long tokens) {
    asked.incrementAndGet();
    if (inFlight.incrementAndGet() > most) {
      inFlight.decrementAndGet();
      return null;
    }
    RateLimitReservation reserved = rates.reserve(tokens);
    if (reserved == null) {
      inFlight.decrementAndGet();
      return null;
    }
    return new Place(reserved);
  }

  /** Why there is no room for such a call now. */
  public Refusal refusal(long tokens) {
    RateLimitOptions limits = options.rates();
    if (rates.requestsLeft() == 0) {
      return new Refusal(
          "requests_per_minute: " + limits.requestsPerMinute(), rates.untilRoom(tokens));
    } else if (!rates.hasRoom(tokens)) {
      return new Refusal("tokens_per_minute: " + limits.tokensPerMinute(), rates.untilRoom(tokens));
    }
    return new Refusal("max_in_flight: " + options.maxInFlight(), UNTIL_ANOTHER_ENDS);
  }

  /** Whether forgetting it changes nothing. */
  boolean idle() {
    return inFlight.get() == 0 && rates.unused();
  }

  /**
   * A limit that is reached.
   *
   * @param limit its key and value, as in the configuration
   * @param retryAfter until trying again makes sense
   */
  public record Refusal(String limit, Duration retryAfter) {}

  /** One call in flight. */
  private final class Place implements RateLimitReservation {
    private final RateLimitReservation reserved;

    Place(RateLimitReservation reserved) {
      this.reserved = reserved;
    }

    @Override
    public void settle(long tokens) {
      inFlight.decrementAndGet();
      reserved.settle(tokens);
    }

    @Override
    public void release() {
      inFlight.decrementAndGet();
      reserved.release();
    }
  }
}
