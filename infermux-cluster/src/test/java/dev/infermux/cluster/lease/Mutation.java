package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.LeasedAccount;
import dev.infermux.time.Time;
import java.util.function.LongSupplier;

/** The protocol as it is, and with a mistake in it that a simulation has to find. */
enum Mutation {
  NONE,
  /** A lease of a node that is silent is freed by time. */
  FREED_BY_TIME,
  /** A node lowers its own figure with the answer, not before it asks. */
  LOWERED_LATE,
  /** What was reserved when a process died is not in what its journal says. */
  OPEN_FORGOTTEN,
  /** A step that is repeated is taken twice. */
  TAKEN_TWICE;

  boolean forgetsOpen() {
    return this == OPEN_FORGOTTEN;
  }

  LeaseBook book(LeaseStore store, Time time, LeaseOptions options, LeaseEvents events) {
    return this != LOWERED_LATE
        ? new LeaseBook(store, time, options, events)
        : new LeaseBook(store, time, options, events) {
          @Override
          LeaseState state(LeasedAccount account, long now) {
            return new LeaseState(account, this, now) {
              @Override
              void lower(Step step) {}
            };
          }
        };
  }

  MemoryStore store(LongSupplier nanos) {
    return this != TAKEN_TWICE
        ? new MemoryStore(nanos)
        : new MemoryStore(nanos) {
          @Override
          boolean fresh(Step step, Kept lease) {
            lease.settled = Math.min(lease.settled, step.spent());
            boolean again = step.number() == lease.step;
            if (again) {
              lease.authorised += step.want();
            }
            return !again && step.number() > lease.step;
          }
        };
  }
}
