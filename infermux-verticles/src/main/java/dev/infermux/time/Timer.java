package dev.infermux.time;

/** A task that has not run yet. */
public interface Timer {
  /** The task does not run any more; does nothing once it has run or been cancelled. */
  void cancel();
}
