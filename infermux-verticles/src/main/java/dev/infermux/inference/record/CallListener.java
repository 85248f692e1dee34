package dev.infermux.inference.record;

/** Is told of every finished call, on the call's event loop; it must be quick and not throw. */
public interface CallListener {
  void finished(CallRecord record);
}
