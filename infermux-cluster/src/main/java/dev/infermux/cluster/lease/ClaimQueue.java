package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.StopReason;
import dev.infermux.time.Time;
import java.time.Duration;
import java.util.List;

/**
 * What calls do that wait for money: they are served in turn, ask for less when there is not so
 * much, ask the other nodes, and give up where nobody has more. The budget's event loop has it.
 */
final class ClaimQueue {

  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofMillis(30);

  /** So long after the others were asked what they keep is taken for what they need. */
  private static final Duration FRESH = Duration.ofMillis(500);

  private static final Duration HINT_EVERY = Duration.ofMillis(25);

  private final LeaseBook book;
  private final StepSender sender;
  private final Time time;
  private final LeaseOptions options;

  ClaimQueue(LeaseBook book, StepSender sender, Time time, LeaseOptions options) {
    this.book = book;
    this.sender = sender;
    this.time = time;
    this.options = options;
  }

  /** A call has to wait for more than its lease has, unless nobody could give it more. */
  void await(LeaseState lease, Claim claim) {
    long wish = claim.wish(lease.roomOfAll());
    long now = time.nanos();
    boolean denied = now < lease.deniedUntil && wish >= lease.deniedNeed;
    if (wish == claim.wish(0)) {
      claim.giveUp(StopReason.SPENT);
    } else if (lease.ended() || lease.unanswered || book.silent()) {
      claim.giveUp(StopReason.LEDGER_UNREACHABLE);
    } else if (denied) {
      claim.giveUp(lease.deniedFor);
    } else {
      book.events().waited();
      lease.demand.note(wish, now);
      WaitingClaim waiting = new WaitingClaim(claim, wish);
      lease.waiting.add(waiting);
      waiting.limit = time.timers().start(options.patience(), () -> late(lease, waiting));
      book.queue(lease);
      book.flush();
    }
  }

  /** Gives calls what there is for them now. */
  void serve(LeaseState lease) {
    // A copy: whoever gets its money may ask for more at once.
    for (WaitingClaim waiting : List.copyOf(lease.waiting)) {
      if (waiting.claim.taken()) {
        waiting.stopWaiting();
        lease.waiting.remove(waiting);
      }
    }
  }

  /** The first call that waits did not get what was asked for it. */
  void unserved(LeaseState lease, Step step, StepAnswer answer) {
    WaitingClaim first = lease.waiting.getFirst();
    if (step.need() < first.need) {
      book.queue(lease);
      return;
    }
    long wish = first.claim.wish(answer.most());
    boolean told = book.alone() || first.rounds > 0 || hintedWithin(lease, FRESH);
    if (told && wish == first.claim.wish(0)) {
      deny(lease, StopReason.SPENT); // it has what it can get
    } else if (wish >= 0 && wish < first.need && told) {
      first.need = wish; // with less it can be content, and that may be there
      book.queue(lease);
    } else if (first.rounds >= ROUNDS) {
      deny(lease, StopReason.AUTHORISED_ELSEWHERE);
    } else {
      first.rounds++;
      wanted(lease);
      Duration pause = ROUND.multipliedBy(first.rounds);
      time.timers().start(pause, () -> again(lease));
    }
  }

  private void again(LeaseState lease) {
    if (!lease.waiting.isEmpty()) {
      book.queue(lease);
      book.flush();
    }
  }

  private void wanted(LeaseState lease) {
    if (!hintedWithin(lease, HINT_EVERY)) {
      lease.hintedAt = time.nanos();
      book.events().wanted(lease.account.caller(), lease.account.month());
    }
  }

  private boolean hintedWithin(LeaseState lease, Duration span) {
    return lease.hintedAt != Long.MIN_VALUE && time.nanos() - lease.hintedAt < span.toNanos();
  }

  /** Has the first call wait no longer, nor for a moment any that asks for as much. */
  private void deny(LeaseState lease, StopReason reason) {
    WaitingClaim first = lease.waiting.removeFirst();
    lease.deniedUntil = time.nanos() + options.denial().toNanos();
    lease.deniedNeed = first.need;
    lease.deniedFor = reason;
    giveUp(first, reason);
    if (!lease.waiting.isEmpty()) {
      book.queue(lease);
    }
  }

  private void late(LeaseState lease, WaitingClaim waiting) {
    if (lease.waiting.remove(waiting)) {
      boolean unheard = lease.inFlight != null || !sender.ready();
      lease.unanswered = unheard;
      giveUp(waiting, unheard ? StopReason.LEDGER_UNREACHABLE : StopReason.AUTHORISED_ELSEWHERE);
      book.flush();
    }
  }

  private static void giveUp(WaitingClaim waiting, StopReason reason) {
    waiting.stopWaiting();
    waiting.claim.giveUp(reason);
  }

  /** Refuses all calls that wait for a lease. */
  static void refuse(LeaseState lease) {
    while (!lease.waiting.isEmpty()) {
      giveUp(lease.waiting.removeFirst(), StopReason.LEDGER_UNREACHABLE);
    }
  }
}
