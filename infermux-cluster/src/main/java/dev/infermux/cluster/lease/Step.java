package dev.infermux.cluster.lease;

import java.time.YearMonth;

/**
 * What a holder says of one lease, and asks for it. All amounts are nano-dollars, and all but
 * {@code want} and {@code need} are totals since the lease began, so that repeating it changes
 * nothing.
 *
 * @param account whose budget it is
 * @param number rises with each step of the holder
 * @param after the number of the last step of this lease that was answered
 * @param known what was authorised by that answer
 * @param limit in this node's configuration; {@link #NO_LIMIT} = it has no word on it for now
 * @param spent all that was settled
 * @param keep what is reserved for calls in flight
 * @param want how much more it would like to have, beyond {@code spent} and {@code keep}
 * @param need how much of it a call waits for: all or nothing; 0 = no call waits
 */
public record Step(
    String account,
    YearMonth month,
    long number,
    long after,
    long known,
    long limit,
    long spent,
    long keep,
    long want,
    long need) {

  /** Of a node that forgets an account: of those that go on with it the smallest one counts. */
  static final long NO_LIMIT = Long.MAX_VALUE / 4;

  /** The most that the lease can be afterwards, unless it is larger and stays so. */
  long asks() {
    return Math.addExact(Math.addExact(spent, keep), Math.max(want, need));
  }
}
