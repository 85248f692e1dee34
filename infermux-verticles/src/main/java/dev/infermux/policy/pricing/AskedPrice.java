package dev.infermux.policy.pricing;

/**
 * What is known of a call when its price is to be bounded.
 *
 * @param promptTokens it has no more
 * @param tier the service tier that it asks for; empty when it asks for none
 * @param sound whether there may be sound in its prompt
 */
public record AskedPrice(long promptTokens, String tier, boolean sound) {

  /** Text for the standard tier. */
  public static AskedPrice text(long promptTokens) {
    return new AskedPrice(promptTokens, "", false);
  }
}
