package dev.infermux.policy.pricing;

/**
 * A model's price in a list, as its vendor publishes it.
 *
 * @param partial whether tokens of some kinds have rates that are not in the list
 * @param mostOutput the longest completion that the model gives; 0 = not known
 */
public record ListPrice(ModelPrice price, int mostOutput, boolean partial) {

  /** A price that counts for tokens of every kind. */
  public ListPrice(ModelPrice price) {
    this(price, 0, false);
  }
}
