package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;

/**
 * What was spent on something.
 *
 * @param requests calls that were charged
 */
public record Tally(Usd usd, long requests, long promptTokens, long completionTokens) {

  public static final Tally NOTHING = new Tally(Usd.ZERO, 0, 0, 0);
}
