package dev.infermux.policy.ratelimit;

import dev.infermux.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one provider under its requests and tokens of a rolling minute.
 *
 * <p>An attempt reserves one request and its estimated tokens. Settling it corrects the estimate at
 * the moment it was reserved; releasing it gives all of it back. Neither limit is exceeded in any
 * span of 60 seconds, except by what an estimate was too low, and by an attempt that is larger than
 * the whole token limit: that one is let through when no other tokens count. What the provider
 * itself asks for is in {@link #cooldowns}.
 *
 * <p>Safe on any thread. Without limits it takes no lock, reads no clock and allocates nothing.
 */
public final class RateLimiter {

  private static final RateLimitReservation FREE = new Unlimited();

  /** No attempt takes this many tokens; a provider that reports more is not believed. */
  private static final long MOST_TOKENS = 1L << 40;

  private final RateLimitOptions options;
  private final Ticker ticker;
  private final long start;
  private final Cooldowns cooldowns;
  private final boolean unlimited;

  /** Guarded by {@code this}, as is the other count. */
  private final RollingCount requestCount;

  private final RollingCount tokenCount;

  /** What was asked for since somebody looked, admitted or not. Guarded likewise. */
  private long requestsAsked;

  private long tokensAsked;

  /**
   * Makes one in which nothing has been taken.
   *
   * @param ticker measures the rolling minute
   */
  public RateLimiter(RateLimitOptions options, Ticker ticker) {
    this(options, ticker, new Cooldowns(ticker));
  }

  /** Makes one for a provider that has asked for something already. */
  public RateLimiter(RateLimitOptions options, Ticker ticker, Cooldowns cooldowns) {
    this.options = options;
    this.ticker = ticker;
    this.cooldowns = cooldowns;
    this.start = ticker.nanos();
    this.unlimited = options.equals(RateLimitOptions.defaults());
    this.requestCount = new RollingCount(options.requestsPerMinute());
    this.tokenCount = new RollingCount(options.tokensPerMinute());
  }

  /** Whether {@link #reserve} would succeed now. */
  public boolean hasRoom(long tokens) {
    return unlimited || fits(now(), bounded(tokens));
  }

  /** Takes room for one attempt; null when there is none. */
  public @Nullable RateLimitReservation reserve(long tokens) {
    return unlimited ? FREE : take(now(), bounded(tokens));
  }

  /** Until there is room for an attempt of this size; zero when there is. */
  public Duration untilRoom(long tokens) {
    long now = now();
    long room = unlimited ? now : roomAt(now, bounded(tokens));
    return Duration.ofNanos(Math.max(now, room) - now);
  }

  /** What the provider said of its models and its credential. */
  public Cooldowns cooldowns() {
    return cooldowns;
  }

  /** Requests that still fit in this minute; {@link RateLimitOptions#UNLIMITED} without a limit. */
  public long requestsLeft() {
    return left(requestCount);
  }

  /** The same for tokens. */
  public long tokensLeft() {
    return left(tokenCount);
  }

  /** What is allowed in a minute. */
  public RateLimitOptions options() {
    return options;
  }

  /** What this node may use of both limits; a node alone uses all of them. */
  public synchronized void share(RateShare share) {
    requestCount.limit(share.ofRequests(options.requestsPerMinute()));
    tokenCount.limit(share.ofTokens(options.tokensPerMinute()));
  }

  /** What was asked for since this was called last, admitted or not; nothing without limits. */
  public synchronized RateDemand demand() {
    RateDemand demand = new RateDemand(requestsAsked, tokensAsked);
    requestsAsked = 0;
    tokensAsked = 0;
    return demand;
  }

  /** Whether it limits anything. */
  public boolean limits() {
    return !unlimited;
  }

  /** Whether nothing counts in this minute. */
  synchronized boolean unused() {
    advance(now());
    return requestCount.empty() && tokenCount.empty();
  }

  private synchronized long left(RollingCount count) {
    advance(now());
    return count.left();
  }

  private synchronized boolean fits(long now, long amount) {
    advance(now);
    boolean fits = fits(amount);
    if (!fits) {
      asked(amount);
    }
    return fits;
  }

  private synchronized @Nullable RateLimitReservation take(long now, long amount) {
    advance(now);
    asked(amount);
    if (!fits(amount)) {
      return null;
    }
    long slot = requestCount.take(1);
    tokenCount.take(amount);
    return new Room(slot, amount);
  }

  private synchronized long roomAt(long now, long amount) {
    advance(now);
    if (fits(amount)) {
      return now;
    }
    long slot = Math.max(requestCount.slotWithRoom(1), tokenCount.slotWithRoom(amount));
    return slot * RollingCount.SLOT_NANOS;
  }

  private void advance(long now) {
    long slot = RollingCount.slotOf(now);
    requestCount.advance(slot);
    tokenCount.advance(slot);
  }

  private void asked(long amount) {
    requestsAsked++;
    tokensAsked += amount;
  }

  private boolean fits(long amount) {
    return requestCount.fits(1) && tokenCount.fits(amount);
  }

  private long now() {
    return ticker.nanos() - start;
  }

  private static long bounded(long tokens) {
    return Math.min(MOST_TOKENS, Math.max(0, tokens));
  }

  /** A reservation without limits. */
  private static final class Unlimited implements RateLimitReservation {
    @Override
    public void settle(long tokens) {}

    @Override
    public void release() {}
  }

  /** A reservation within the limits. */
  private final class Room implements RateLimitReservation {
    private final long slot;
    private final long reserved;
    private boolean ended;

    Room(long slot, long reserved) {
      this.slot = slot;
      this.reserved = reserved;
    }

    @Override
    public void settle(long taken) {
      end(0, bounded(taken) - reserved);
    }

    @Override
    public void release() {
      end(-1, -reserved);
    }

    private void end(long requestsMore, long tokensMore) {
      synchronized (RateLimiter.this) {
        if (!ended) {
          ended = true;
          requestCount.correct(slot, requestsMore);
          tokenCount.correct(slot, tokensMore);
        }
      }
    }
  }
}
