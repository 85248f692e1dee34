package dev.infermux.policy.budget;

/** The money that a store shared by several nodes has authorised for an account of this one. */
public interface Lease {

  /** How much may be spent in all, settled and reserved together. */
  long authorised();

  /** What other nodes have settled, as last heard. */
  long elsewhere();

  /**
   * What is reserved has grown by so much, or become less. Told in the middle of a change: nothing
   * may be reserved from here.
   */
  void moved(long nanos);

  /** Opens the lease of an account that has to have one. */
  @FunctionalInterface
  interface Opener {
    Lease open(LeasedAccount account);
  }
}
