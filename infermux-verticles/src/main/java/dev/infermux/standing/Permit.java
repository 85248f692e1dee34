package dev.infermux.standing;

/**
 * Leave to make one attempt, given by a circuit. Exactly one of the three endings counts, the
 * first; a permit that outlived its circuit's state changes nothing. Safe on any thread.
 */
public interface Permit {

  /** Whether this attempt is the one probe of a half-open circuit. */
  boolean probe();

  /** The answer has begun: a probe has succeeded, whatever becomes of the rest. */
  void begun(long latencyNanos);

  /** The provider answered whole. */
  void succeeded(long latencyNanos);

  /** The provider failed. */
  void failed();

  /** Nothing was learnt about the provider; a probe's slot is free again. */
  void ignored();
}
