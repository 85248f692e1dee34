package dev.infermux.inbound.http;

/**
 * What the gateway takes on before it refuses.
 *
 * @param maxInFlight calls being served at once
 */
public record LimitsOptions(long maxBodyBytes, int maxInFlight) {
  private static final LimitsOptions DEFAULTS = new LimitsOptions(33_554_432, 10_000);

  public static LimitsOptions defaults() {
    return DEFAULTS;
  }

  public LimitsOptions withMaxBodyBytes(long maxBodyBytes) {
    return new LimitsOptions(maxBodyBytes, maxInFlight);
  }

  public LimitsOptions withMaxInFlight(int maxInFlight) {
    return new LimitsOptions(maxBodyBytes, maxInFlight);
  }
}
