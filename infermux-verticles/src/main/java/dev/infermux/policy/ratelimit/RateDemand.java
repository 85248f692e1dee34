package dev.infermux.policy.ratelimit;

/** What was asked of a rate limiter in some time: in counts, or in a second on average. */
public record RateDemand(double requests, double tokens) {
  public static final RateDemand NONE = new RateDemand(0, 0);

  /** What nobody asks for in a second; more of it is not believed. */
  private static final double MOST = 1e12;

  public RateDemand {
    requests = bounded(requests);
    tokens = bounded(tokens);
  }

  public RateDemand plus(RateDemand other) {
    return new RateDemand(requests + other.requests, tokens + other.tokens);
  }

  /** This average as it moves on with what was asked in the second that has passed. */
  public RateDemand then(RateDemand second, double weight) {
    return new RateDemand(
        requests * (1 - weight) + second.requests * weight,
        tokens * (1 - weight) + second.tokens * weight);
  }

  /** Whether there is none to speak of. */
  public boolean negligible() {
    return requests < 0.001 && tokens < 0.001;
  }

  private static double bounded(double amount) {
    return amount >= 0 && amount <= MOST ? amount : amount > MOST ? MOST : 0;
  }
}
