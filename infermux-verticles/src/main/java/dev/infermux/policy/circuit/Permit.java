package dev.infermux.policy.circuit;

/**
 * Permission to make one attempt, given by a circuit. Its holder ends it once, in one of three
 * ways; of a probe the first ending counts and later ones do nothing. A permit that outlived its
 * circuit's state changes nothing. Safe on any thread.
 */
public interface Permit {

  /** Whether this attempt is the one probe of a half-open circuit. */
  boolean probe();

  /**
   * The answer has begun: a probe has succeeded, and its end will be an ordinary outcome of the
   * closed circuit.
   */
  void begun(long latencyNanos);

  /** The provider answered whole. */
  void succeeded(long latencyNanos);

  /** The provider failed. */
  void failed();

  /**
   * The outcome says nothing about the provider; after a probe another is admitted, a tick later.
   */
  void ignored();
}
