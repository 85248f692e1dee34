package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;

/**
 * What was spent on something.
 *
 * @param requests calls that cost something
 */
public record Totals(Usd usd, long requests, long promptTokens, long completionTokens) {

  public static final Totals NOTHING = new Totals(Usd.ZERO, 0, 0, 0);
}
