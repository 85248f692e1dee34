package dev.infermux.events;

import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.spi.Subscription;

/**
 * The witnesses of finished calls, told in the order in which they were added. One that throws is
 * logged and ignored. Thread-safe: a call that is being told of keeps the list it began with.
 */
public final class CallListeners implements CallListener {

  private final Listeners<CallListener> listeners = new Listeners<>("witness");

  /** Adds a witness after those that are there; the handle takes it out again. */
  public Subscription add(CallListener listener) {
    return listeners.add(listener);
  }

  @Override
  public void finished(CallRecord record) {
    listeners.tell(listener -> listener.finished(record));
  }
}
