package dev.infermux.events;

import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.Witness;

/**
 * The witnesses of finished calls, told in the order in which they were added. One that throws is
 * logged and ignored. Thread-safe: a call that is being told of keeps the list it began with.
 */
public final class Witnesses implements Witness {

  private final Listeners<Witness> listeners = new Listeners<>("witness");

  /** Adds a witness after those that are there; the handle takes it out again. */
  public Subscription add(Witness witness) {
    return listeners.add(witness);
  }

  @Override
  public void finished(CallRecord record) {
    listeners.tell(witness -> witness.finished(record));
  }
}
