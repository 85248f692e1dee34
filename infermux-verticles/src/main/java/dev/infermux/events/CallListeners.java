package dev.infermux.events;

import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.spi.Subscription;

/**
 * The listeners of finished calls, called in the order in which they were added. One that throws is
 * logged and ignored. Thread-safe: a notification under way keeps the list it began with.
 */
public final class CallListeners implements CallListener {

  private final Listeners<CallListener> listeners = new Listeners<>("witness");

  /** Adds a listener at the end; the handle removes it again. */
  public Subscription add(CallListener listener) {
    return listeners.add(listener);
  }

  @Override
  public void finished(CallRecord record) {
    listeners.tell(listener -> listener.finished(record));
  }
}
