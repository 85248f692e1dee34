package dev.infermux.policy.circuit;

/** Thrown by a test where code has to bear it. Without a stack trace, to keep the log short. */
final class OnPurpose extends RuntimeException {
  OnPurpose() {
    super("thrown on purpose", null, false, false);
  }
}
