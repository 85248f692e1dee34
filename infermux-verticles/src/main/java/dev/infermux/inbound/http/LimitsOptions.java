package dev.infermux.inbound.http;

import dev.infermux.policy.ratelimit.CallerLimitOptions;

/**
 * What the gateway takes on before it refuses.
 *
 * @param maxInFlight calls being served at once
 * @param perCaller what each caller may ask for that has no limits of its own
 */
public record LimitsOptions(long maxBodyBytes, int maxInFlight, CallerLimitOptions perCaller) {
  private static final LimitsOptions DEFAULTS =
      new LimitsOptions(33_554_432, 10_000, CallerLimitOptions.defaults());

  public static LimitsOptions defaults() {
    return DEFAULTS;
  }

  public LimitsOptions withMaxBodyBytes(long maxBodyBytes) {
    return new LimitsOptions(maxBodyBytes, maxInFlight, perCaller);
  }

  public LimitsOptions withMaxInFlight(int maxInFlight) {
    return new LimitsOptions(maxBodyBytes, maxInFlight, perCaller);
  }

  public LimitsOptions withPerCaller(CallerLimitOptions perCaller) {
    return new LimitsOptions(maxBodyBytes, maxInFlight, perCaller);
  }
}
