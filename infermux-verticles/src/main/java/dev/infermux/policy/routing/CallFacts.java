package dev.infermux.policy.routing;

/**
 * How large a call is, as far as a choice depends on it.
 *
 * @param promptTokens estimated
 * @param maxTokens the longest completion that the caller wants; 0 when nothing is said
 * @param ownKey whether the caller brings a key of its own
 */
public record CallFacts(long promptTokens, long maxTokens, boolean ownKey) {

  /** Those of a caller without a key of its own. */
  public CallFacts(long promptTokens, long maxTokens) {
    this(promptTokens, maxTokens, false);
  }

  /** What an attempt will take of a provider's rate limit, as far as the request shows. */
  public long tokens() {
    return promptTokens + maxTokens;
  }
}
