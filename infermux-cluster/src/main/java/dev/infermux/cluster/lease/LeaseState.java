package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.Lease;
import dev.infermux.policy.budget.LeasedAccount;
import dev.infermux.policy.budget.StopReason;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One lease at this node. The budget's event loop has it. */
class LeaseState implements Lease {

  static final long UNKNOWN = Long.MAX_VALUE;

  final LeasedAccount account;
  final Demand demand = new Demand();
  final Deque<WaitingClaim> waiting = new ArrayDeque<>();
  private final LeaseBook book;

  /** What may be spent in all; never more than the store has. */
  private long authorised;

  /** What the store said last. */
  private long known;

  private long answered;
  private long reported;
  private long settledByAll;
  private boolean ended;

  @Nullable Step inFlight;
  boolean queued;
  boolean again;

  /** Whether the next step is the last one: nothing was spent, and nobody asks any more. */
  boolean leaving;

  /** Whether the store takes no step of it, or is late with its answer: no call waits then. */
  boolean unanswered;

  long free = UNKNOWN;
  long steppedAt;

  /** Below so much room more is asked for. */
  long lowWater;

  /** Until then nothing is kept that no call needs: another node is in want. */
  long sparingUntil = Long.MIN_VALUE;

  long hintedAt = Long.MIN_VALUE;
  long deniedUntil = Long.MIN_VALUE;
  long deniedNeed;
  StopReason deniedFor = StopReason.SPENT;

  LeaseState(LeasedAccount account, LeaseBook book, long now) {
    this.account = account;
    this.book = book;
    this.steppedAt = now;
    demand.opened(now);
  }

  @Override
  public long authorised() {
    return !ended && book.spendsLocally() ? Long.MAX_VALUE : authorised;
  }

  @Override
  public long elsewhere() {
    return Math.max(0, settledByAll - reported);
  }

  @Override
  public void moved(long nanos) {
    book.moved(this, nanos);
  }

  /** What is authorised and neither spent nor held. */
  long room() {
    return authorised - account.spentNanos() - account.heldNanos();
  }

  /** What a call could have at most: what other nodes have settled does not come back. */
  long roomOfAll() {
    return account.limitNanos() - account.spentNanos() - account.heldNanos() - elsewhere();
  }

  /** What the store said last that it may be. */
  long known() {
    return known;
  }

  boolean unreported() {
    return account.spentNanos() != reported;
  }

  /** Whether the store has never heard of it. */
  boolean unknown() {
    return answered == 0;
  }

  /** Whether nothing was spent, and the store holds nothing for it. */
  boolean untouched() {
    return account.spentNanos() == 0 && settled();
  }

  /** Whether the store holds nothing for it that is not spent, and knows what is. */
  boolean settled() {
    return inFlight == null
        && !unreported()
        && account.heldNanos() == 0
        && authorised == account.spentNanos()
        && waiting.isEmpty();
  }

  /**
   * Makes a step. What the lease will be at most counts from here on: lowering it only after the
   * store had given the difference to another node would spend it twice.
   */
  Step begin(long number, long want, long need) {
    leaving = leaving && untouched();
    Step step =
        new Step(
            account.caller(),
            account.month(),
            number,
            answered,
            known,
            leaving ? Step.NO_LIMIT : account.limitNanos(),
            account.spentNanos(),
            account.heldNanos(),
            leaving ? 0 : want,
            need);
    lower(step);
    inFlight = step;
    return step;
  }

  void lower(Step step) {
    authorised = Math.min(authorised, step.asks());
  }

  void answer(Step step, StepAnswer answer) {
    inFlight = null;
    unanswered = false;
    answered = step.number();
    known = answer.authorised();
    authorised = ended ? 0 : answer.authorised();
    reported = step.spent();
    settledByAll = answer.settled();
    free = answer.free();
  }

  /** The holder has been ended: nothing may be spent any more. */
  void end() {
    ended = true;
    authorised = 0;
    inFlight = null;
  }

  boolean ended() {
    return ended;
  }
}
