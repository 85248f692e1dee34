package dev.infermux.policy.routing;

/**
 * How large a call is, as far as a choice depends on it.
 *
 * @param promptTokens estimated
 * @param maxTokens the longest completion that the caller wants; 0 when nothing is said
 */
public record CallFacts(long promptTokens, long maxTokens) {

  /** What an attempt will take of a provider's rate limit, as far as the request shows. */
  public long tokens() {
    return promptTokens + maxTokens;
  }
}
