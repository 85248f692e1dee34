package dev.infermux.inference;

/**
 * What an attempt cost and on which prices.
 *
 * @param inputPerMillion the price of a million uncached prompt tokens that was used
 * @param outputPerMillion the price of a million completion tokens that was used
 */
public record Cost(Usd amount, CostStatus status, Usd inputPerMillion, Usd outputPerMillion) {

  public static final Cost UNPRICED = new Cost(Usd.ZERO, CostStatus.UNPRICED, Usd.ZERO, Usd.ZERO);

  /** Both together: the less certain status and the unit prices of the later one. */
  public Cost plus(Cost later) {
    CostStatus worse = status.compareTo(later.status) > 0 ? status : later.status;
    return new Cost(
        amount.plus(later.amount), worse, later.inputPerMillion, later.outputPerMillion);
  }
}
