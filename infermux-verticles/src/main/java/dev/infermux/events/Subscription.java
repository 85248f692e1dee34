package dev.infermux.events;

/** Takes back one subscription of a listener. */
@FunctionalInterface
public interface Subscription {

  /** Idempotent. */
  void cancel();
}
