package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.Lease;
import dev.infermux.policy.budget.LeasedAccount;
import dev.infermux.time.Time;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The leases of one node: decides when each of them is stepped, by how much it shall grow, and what
 * calls do that wait for it. One event loop has it; no call of the store is made in the middle of a
 * change, but by {@link #flush} afterwards.
 */
class LeaseBook implements Lease.Opener {

  /** Where less than such a part of a limit is free, nodes tell and give back sooner. */
  private static final long NEAR = 100;

  private final Time time;
  private final LeaseOptions options;
  private final LeaseEvents events;
  private final StepSender sender;
  private final ClaimQueue claims;
  private final Map<Key, LeaseState> leases = new LinkedHashMap<>();
  private List<LeaseState> toStep = new ArrayList<>();
  private List<LeaseState> toServe = new ArrayList<>();
  private int nodes = 1;
  private long numbers;

  LeaseBook(LeaseStore store, Time time, LeaseOptions options, LeaseEvents events) {
    this.time = time;
    this.options = options;
    this.events = events;
    this.sender = new StepSender(store, time, options, this);
    this.claims = new ClaimQueue(this, sender, time, options);
  }

  LeaseEvents events() {
    return events;
  }

  /** From here on steps are taken for this holder. */
  void begin(UUID holder) {
    sender.begin(holder);
    leases.values().forEach(this::queue);
    flush();
  }

  /** How many nodes share what is free. */
  void nodes(int living) {
    nodes = Math.max(1, living);
  }

  boolean alone() {
    return nodes == 1;
  }

  /** No further step is taken. */
  void close() {
    sender.close();
  }

  List<LeaseState> all() {
    return List.copyOf(leases.values());
  }

  /** Whose leases these are, each once. */
  Collection<String> accounts() {
    return all().stream().map(lease -> lease.account.caller()).collect(Collectors.toSet());
  }

  boolean silent() {
    return contact().silent();
  }

  /** Whether the store answers. */
  Contact contact() {
    return sender.contact();
  }

  boolean spendsLocally() {
    return sender.spendsLocally();
  }

  @Override
  public Lease open(LeasedAccount account) {
    LeaseState lease = state(account, time.nanos());
    leases.put(new Key(account.caller(), account.month()), lease);
    return lease;
  }

  LeaseState state(LeasedAccount account, long now) {
    return new LeaseState(account, this, now);
  }

  /** Told in the middle of a change. */
  void moved(LeaseState lease, long nanos) {
    if (nanos > 0) {
      lease.demand.note(nanos, time.nanos());
      if (lease.room() < lease.lowWater && lease.free > 0) {
        queue(lease);
      }
    } else if (!lease.waiting.isEmpty()) {
      toServe.add(lease);
    } else if (lease.sparingUntil > time.nanos() || lease.ended()) {
      queue(lease);
    }
  }

  /** Gives what has become free to calls that wait, and takes the steps that are due. */
  void flush() {
    while (!toServe.isEmpty()) {
      List<LeaseState> freed = toServe;
      toServe = new ArrayList<>();
      freed.forEach(claims::serve);
    }
    if (!toStep.isEmpty() && sender.ready()) {
      List<LeaseState> due = toStep;
      toStep = new ArrayList<>();
      sender.send(due);
    }
  }

  /** A call has to wait for more than its lease has. */
  void await(LeaseState lease, Claim claim) {
    claims.await(lease, claim);
  }

  /** Refuses all calls that wait. */
  void refuseAll() {
    all().forEach(ClaimQueue::refuse);
  }

  /** Another node waits for money of a budget. */
  void hint(String account, YearMonth month) {
    LeaseState lease = leases.get(new Key(account, month));
    if (lease != null && (lease.room() > 0 || lease.unreported())) {
      lease.sparingUntil = time.nanos() + options.nearReport().toNanos();
      queue(lease);
      flush();
    }
  }

  /** Once a second: tells what was spent, gives back what is idle, forgets what is settled. */
  void tick() {
    long now = time.nanos();
    for (LeaseState lease : all()) {
      boolean idle = lease.demand.idle(now, options.idle().toNanos());
      if (idle && lease.untouched()) {
        leave(lease);
      } else if (due(lease, idle, now)) {
        queue(lease);
      }
    }
    flush();
    events.observed(all(), silent());
  }

  /** The month of these leases is over, for calls that come. */
  void over(YearMonth current) {
    for (LeaseState lease : all()) {
      if (lease.account.month().isBefore(current)) {
        if (lease.settled()) {
          forget(lease);
        } else if (lease.room() > 0 || lease.unreported()) {
          queue(lease);
        }
        lease.sparingUntil = Long.MAX_VALUE;
      }
    }
    flush();
  }

  private boolean due(LeaseState lease, boolean idle, long now) {
    boolean near = lease.free <= lease.account.limitNanos() / NEAR;
    Duration every = near ? options.nearReport() : options.report();
    boolean surplus = lease.room() > 0 && (idle || near);
    return (lease.unreported() || surplus) && now - lease.steppedAt >= every.toNanos();
  }

  /**
   * Forgets a lease when the store has heard that this node has no word on its limit any more: a
   * limit that is raised later would not be in force until a call comes here.
   */
  private void leave(LeaseState lease) {
    if (lease.unknown() && !lease.queued) {
      forget(lease);
    } else {
      lease.leaving = true;
      queue(lease);
    }
  }

  private void forget(LeaseState lease) {
    leases.remove(new Key(lease.account.caller(), lease.account.month()), lease);
    events.closed(lease.account);
  }

  /** Has a lease stepped at the next {@link #flush}. */
  void queue(LeaseState lease) {
    if (lease.ended()) {
      toStep.remove(lease);
    } else if (lease.inFlight != null) {
      lease.again = true;
    } else if (!lease.queued) {
      lease.queued = true;
      toStep.add(lease);
    }
  }

  /** The next step of a lease that has none under way. */
  Step step(LeaseState lease) {
    lease.queued = false;
    lease.again = false;
    lease.steppedAt = time.nanos();
    long need = 0;
    long all = 0;
    for (WaitingClaim waiting : lease.waiting) {
      need = need == 0 ? waiting.need : need;
      all = Math.addExact(all, waiting.need);
    }
    return lease.begin(++numbers, Math.max(all, target(lease)), need);
  }

  /** How much a lease shall have beyond what is held. */
  private long target(LeaseState lease) {
    long now = time.nanos();
    if (now < lease.sparingUntil) {
      return 0;
    }
    long share = lease.free == LeaseState.UNKNOWN ? lease.account.limitNanos() : lease.free;
    share = Math.max(0, share / (4L * nodes));
    if (lease.free == LeaseState.UNKNOWN) {
      return share / 10;
    }
    boolean idle = lease.demand.idle(now, options.idle().toNanos());
    double seconds = options.horizon().toNanos() / 1e9;
    return idle ? 0 : Math.min(share, lease.demand.within(seconds, now));
  }

  /** A step was answered. */
  void answered(LeaseState lease, Step step, StepAnswer answer) {
    lease.answer(step, answer);
    if (answer.lost()) {
      events.forgotten(lease.account);
    }
    if (answer.wanted() && step.need() == 0) {
      lease.sparingUntil =
          Math.max(lease.sparingUntil, time.nanos() + options.nearReport().toNanos());
    }
    if (answer.settled() > answer.before()) {
      events.settled(lease.account, answer.before(), answer.settled());
    }
    boolean left = lease.leaving;
    lease.leaving = false;
    if (left && lease.untouched()) {
      forget(lease);
      return;
    }
    lease.lowWater = target(lease) / 2;
    claims.serve(lease);
    if (step.limit() != lease.account.limitNanos()) {
      // It was changed meanwhile: the store has to hear of it whether money is needed or not.
      queue(lease);
    }
    if (!lease.waiting.isEmpty()) {
      claims.unserved(lease, step, answer);
    } else if (lease.again) {
      boolean low = lease.room() < lease.lowWater && lease.free > 0;
      boolean spare = time.nanos() < lease.sparingUntil && lease.room() > 0;
      lease.again = false;
      if (low || spare) {
        queue(lease);
      }
    }
  }

  /** The holder was ended by somebody else: nothing of its leases is spent from this moment on. */
  void fenced(UUID holder, String reason) {
    List<LeaseState> ended = all();
    leases.clear();
    toStep.clear();
    ended.forEach(LeaseState::end);
    events.fenced(holder, ended, reason);
    ended.forEach(ClaimQueue::refuse);
  }

  private record Key(String account, YearMonth month) {}
}
