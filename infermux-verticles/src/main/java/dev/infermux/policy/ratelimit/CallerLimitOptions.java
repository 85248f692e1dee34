package dev.infermux.policy.ratelimit;

/**
 * What one caller may ask for.
 *
 * @param rates in a rolling minute
 * @param maxInFlight calls at once; {@link #UNLIMITED} where nothing is said
 */
public record CallerLimitOptions(RateLimitOptions rates, int maxInFlight) {
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final CallerLimitOptions DEFAULTS =
      new CallerLimitOptions(RateLimitOptions.defaults(), UNLIMITED);

  /** Without any limit. */
  public static CallerLimitOptions defaults() {
    return DEFAULTS;
  }

  public CallerLimitOptions withRates(RateLimitOptions rates) {
    return new CallerLimitOptions(rates, maxInFlight);
  }

  public CallerLimitOptions withMaxInFlight(int maxInFlight) {
    return new CallerLimitOptions(rates, maxInFlight);
  }
}
