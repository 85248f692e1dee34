package dev.infermux.cluster.lease;

import dev.infermux.ledger.SharedLedgerStatus.Tables;
import io.vertx.core.Future;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/**
 * Where several nodes agree who may spend what. Futures fail with a {@link StoreException}. An
 * implementation answers on the context that asks.
 */
public interface LeaseStore {

  /** Takes a process in, under the identity that its leases belong to. */
  Future<Greeting> register(UUID holder);

  /** Says that a holder lives. */
  Future<Greeting> heartbeat(UUID holder, Signs signs);

  /**
   * Takes steps of different leases; a number that is not above the last one of its lease changes
   * nothing and is answered with what is in force.
   *
   * @return in the same order
   */
  Future<List<StepAnswer>> step(UUID holder, List<Step> steps);

  /**
   * Ends a holder: its leases are what it has spent, and no more. Repeating it changes nothing.
   *
   * @param left whether the process says so itself, rather than its journal
   * @param totals of all accounts that it spent something of
   */
  Future<Void> end(UUID holder, boolean left, List<Total> totals);

  /**
   * What the store says to a living holder.
   *
   * @param nodes how many live, this one included
   * @param skewMillis by how much this machine's clock is ahead of the store's
   * @param unsettledNanos what leases of lost nodes still hold
   * @param versions how many different ones their programs are of
   */
  record Greeting(int nodes, long skewMillis, long unsettledNanos, int versions, Tables tables) {

    /**
     * By how much a clock is ahead of the store's at least; negative where it is behind. How long
     * the question was on its way, and how long the answer, nobody knows.
     *
     * @param asked by this machine's clock
     * @param theirs the store's, at some moment between both
     * @param answered by this machine's clock
     */
    public static long skewMillis(long asked, long theirs, long answered) {
      return Math.max(asked - theirs, Math.min(0, answered - theirs));
    }
  }

  /**
   * What a node tells of itself.
   *
   * @param backlog costs that it has still to tell
   */
  record Signs(long backlog) {}

  /**
   * All that a holder spent of one account.
   *
   * @param limit in the configuration; negative = the account has no budget here
   */
  record Total(String account, YearMonth month, long limit, long spent) {}
}
