package dev.infermux.policy.ratelimit;

/**
 * What one node of several may use of a limit that all of them have together.
 *
 * @param requests of a limit on requests, 0 to 1
 * @param tokens of a limit on tokens, 0 to 1
 */
public record RateShare(double requests, double tokens) {

  /** All of it. */
  public static final RateShare ALL = new RateShare(1, 1);

  /** So much of each whole limit is shared equally, whoever asks for how much. */
  private static final double FLOOR = 0.3;

  /**
   * The share of a node by demand: of {@value #FLOOR} an equal part, of the rest what its demand is
   * of that of all. While fewer nodes live than there should be, those that are missing may only be
   * cut off, and keep theirs.
   *
   * @param living nodes that are heard of, this one among them
   * @param expected how many there should be
   * @param all what is asked of all of them
   */
  public static RateShare of(int living, int expected, RateDemand own, RateDemand all) {
    return new RateShare(
        share(living, expected, own.requests(), all.requests()),
        share(living, expected, own.tokens(), all.tokens()));
  }

  /** The share of a node of whose demand nothing is known. */
  public static RateShare equal(int living, int expected) {
    return of(living, expected, RateDemand.NONE, RateDemand.NONE);
  }

  /** So much of a limit, at least one. */
  public long ofRequests(long limit) {
    return part(limit, requests);
  }

  /** The same of a limit on tokens. */
  public long ofTokens(long limit) {
    return part(limit, tokens);
  }

  private static double share(int living, int expected, double own, double all) {
    double there = Math.min(1, (double) living / Math.max(1, expected));
    double asked = all > 0 ? Math.min(1, own / all) : 1.0 / living;
    return there * (FLOOR / living + (1 - FLOOR) * asked);
  }

  private static long part(long limit, double share) {
    return limit == RateLimitOptions.UNLIMITED || limit == 0 || share >= 1
        ? limit
        : Math.max(1, (long) Math.floor(limit * share + 1e-9));
  }
}
