package dev.infermux.vertx;

/** Learns what a slow consumer loses, on any thread. */
public interface MessageLosses {

  /** The first of several: more come until {@link #caughtUp}. */
  void begin(String address);

  /** Each, the first one included. */
  void lost();

  /** Nothing waits for the consumer any more; {@code lost} messages are missing. */
  void caughtUp(String address, long lost);
}
