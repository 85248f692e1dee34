package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.LeasedAccount;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/** What the book of leases tells. On the budget's event loop. */
interface LeaseEvents {

  /** A call waits for money that other nodes may hold. */
  void wanted(String account, YearMonth month);

  /** What all nodes have settled of an account has grown. */
  void settled(LeasedAccount account, long before, long after);

  /** A lease holds nothing any more and is forgotten. */
  void closed(LeasedAccount account);

  /** The store has ended the holder: these leases may not be spent any more. */
  void fenced(UUID holder, List<LeaseState> leases, String reason);

  /** The store does not answer. */
  void silent(String reason);

  /** The store answers again. */
  void heard(Duration silence);

  /** The store had forgotten an answer. */
  void forgotten(LeasedAccount account);

  /** The store takes no step of an account. */
  void refused(LeasedAccount account, String reason);

  /** The store has said what it knows of all nodes. */
  void greeted(LeaseStore.Greeting greeting);

  /** Once a second: all leases as they are. */
  void observed(List<LeaseState> leases, boolean silent);

  /** A call has to wait for a step. */
  void waited();

  /** A step was answered after so long. */
  void stepped(long nanos, Step step, StepAnswer answer);
}
