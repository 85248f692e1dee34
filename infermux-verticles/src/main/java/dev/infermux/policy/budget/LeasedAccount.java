package dev.infermux.policy.budget;

import java.time.YearMonth;
import java.util.List;

/** An account as its {@link Lease} sees it: absolute totals of this process, in nano-dollars. */
public interface LeasedAccount {

  String caller();

  YearMonth month();

  /** The limit in this process's configuration; a very large one where there is none any more. */
  long limitNanos();

  /** All that was settled since the account was opened. */
  long spentNanos();

  /** What is reserved and neither settled nor released. */
  long heldNanos();

  /**
   * The alerts that are due when what all nodes have settled grows.
   *
   * @param before what it was
   * @param after what it is
   */
  List<BudgetAlert> passed(long before, long after);
}
