package dev.infermux.spi;

import dev.infermux.inference.record.CallRecord;

/** Observes every finished call, on the call's event loop; it must be quick and not throw. */
public interface CallListener {
  void finished(CallRecord record);
}
