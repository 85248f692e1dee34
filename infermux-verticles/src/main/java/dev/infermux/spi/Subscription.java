package dev.infermux.spi;

/** Takes back one subscription of a listener. */
@FunctionalInterface
public interface Subscription {

  /** Idempotent. */
  void cancel();
}
