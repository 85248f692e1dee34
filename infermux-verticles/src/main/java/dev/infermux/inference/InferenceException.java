package dev.infermux.inference;

/** Carries a {@link Failure} through a future. It has no stack trace: failures are answers. */
public final class InferenceException extends RuntimeException {

  private final transient Failure failure;

  public InferenceException(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /** The failure in {@code cause}; anything but an {@code InferenceException} is a bug of ours. */
  public static Failure failureOf(Throwable cause) {
    return cause instanceof InferenceException known
        ? known.failure()
        : new Failure.Internal("internal error; the gateway's log has the details");
  }
}
