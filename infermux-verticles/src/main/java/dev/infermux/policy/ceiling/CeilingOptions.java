package dev.infermux.policy.ceiling;

/** How much a provider takes in a rolling minute; {@link #UNLIMITED} where nothing is said. */
public record CeilingOptions(long requestsPerMinute, long tokensPerMinute) {
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final CeilingOptions NONE = new CeilingOptions(UNLIMITED, UNLIMITED);

  public static CeilingOptions unlimited() {
    return NONE;
  }

  public CeilingOptions withRequestsPerMinute(long requestsPerMinute) {
    return new CeilingOptions(requestsPerMinute, tokensPerMinute);
  }

  public CeilingOptions withTokensPerMinute(long tokensPerMinute) {
    return new CeilingOptions(requestsPerMinute, tokensPerMinute);
  }
}
