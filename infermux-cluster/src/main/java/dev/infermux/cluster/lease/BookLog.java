package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.LeaseStore.Greeting;
import dev.infermux.ledger.SharedLedgerStatus;
import dev.infermux.ledger.SharedLedgerStatus.Tables;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.LeasedAccount;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what happens to leases, counts it, and passes on what others have to know. */
final class BookLog implements LeaseEvents {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private final Consumer<BudgetAlert> alerts;
  private final BiConsumer<String, YearMonth> hints;
  private final LongSupplier backlog;
  private final SlowStore slow = new SlowStore();
  private Consumer<LeasedAccount> closing = account -> {};
  private @Nullable HolderLife life;
  private Greeting last = new Greeting(1, 0, 0, 1, Tables.UNKNOWN);
  private long steps;
  private long stepNanos;
  private long waits;
  private volatile SharedLedgerStatus status =
      new SharedLedgerStatus(0, 0, 0, 0, 0, 0, 0, false, 1, 0, 0, 1, Tables.UNKNOWN);

  /**
   * @param hints tells the other nodes of a call that waits for their money
   * @param backlog costs that are still to be told
   */
  BookLog(Consumer<BudgetAlert> alerts, BiConsumer<String, YearMonth> hints, LongSupplier backlog) {
    this.alerts = alerts;
    this.hints = hints;
    this.backlog = backlog;
  }

  /**
   * Who has to know.
   *
   * @param closing forgets a lease that holds nothing any more
   */
  void tell(HolderLife life, Consumer<LeasedAccount> closing) {
    this.life = life;
    this.closing = closing;
  }

  /** As of the last second. Any thread's. */
  SharedLedgerStatus status() {
    return status;
  }

  @Override
  public void wanted(String account, YearMonth month) {
    hints.accept(account, month);
  }

  @Override
  public void settled(LeasedAccount account, long before, long after) {
    account.passed(before, after).forEach(alerts);
  }

  @Override
  public void closed(LeasedAccount account) {
    closing.accept(account);
  }

  @Override
  public void fenced(UUID holder, List<LeaseState> leases, String reason) {
    HolderLife known = life;
    if (known != null) {
      known.fenced(holder, leases, reason);
    }
  }

  @Override
  public void silent(String reason) {
    LOG.error(
        "budgets.shared: {}: this node spends what it is authorised to, and refuses the rest under"
            + " hard limits",
        reason);
  }

  @Override
  public void heard(Duration silence) {
    LOG.warn("budgets.shared: the database answers again, after {} s", silence.toSeconds());
  }

  @Override
  public void forgotten(LeasedAccount account) {
    LOG.error(
        "budgets.shared: the database had forgotten what it authorised for {} in {}; it is taken"
            + " as spent (expected: synchronous_commit with a standby that answers)",
        account.caller(),
        account.month());
  }

  @Override
  public void refused(LeasedAccount account, String reason) {
    LOG.error("budgets.shared: caller {}: {}", account.caller(), reason);
  }

  @Override
  public void greeted(Greeting greeting) {
    Tables tables = greeting.tables();
    if (tables.version() > tables.known() && !tables.equals(last.tables())) {
      LOG.warn(
          "budgets.shared: the database's tables are of version {}, made by a newer InferMux; this"
              + " one, which knows version {}, works with them",
          tables.version(),
          tables.known());
    }
    last = greeting;
  }

  @Override
  public void waited() {
    waits++;
  }

  @Override
  public void stepped(long nanos, Step step, StepAnswer answer) {
    steps++;
    stepNanos += nanos;
    slow.answered(nanos);
  }

  @Override
  public void observed(List<LeaseState> leases, boolean silent) {
    slow.tick();
    long authorised = 0;
    long free = 0;
    for (LeaseState lease : leases) {
      authorised += lease.known();
      free += Math.max(0, lease.room());
    }
    status =
        new SharedLedgerStatus(
            authorised,
            free,
            leases.size(),
            steps,
            stepNanos,
            waits,
            backlog.getAsLong(),
            !silent,
            last.nodes(),
            last.unsettledNanos(),
            last.skewMillis(),
            last.versions(),
            last.tables());
  }
}
