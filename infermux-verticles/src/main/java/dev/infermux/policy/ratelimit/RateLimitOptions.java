package dev.infermux.policy.ratelimit;

/** How much a provider takes in a rolling minute; {@link #UNLIMITED} where nothing is said. */
public record RateLimitOptions(long requestsPerMinute, long tokensPerMinute) {
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final RateLimitOptions DEFAULTS = new RateLimitOptions(UNLIMITED, UNLIMITED);

  /** Without any limit. */
  public static RateLimitOptions defaults() {
    return DEFAULTS;
  }

  public RateLimitOptions withRequestsPerMinute(long requestsPerMinute) {
    return new RateLimitOptions(requestsPerMinute, tokensPerMinute);
  }

  public RateLimitOptions withTokensPerMinute(long tokensPerMinute) {
    return new RateLimitOptions(requestsPerMinute, tokensPerMinute);
  }
}
