package dev.infermux.cluster.lease;

import org.jspecify.annotations.Nullable;

/** The shared store did not do what it was asked; the message is for the operator. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1;

  /** What can be done about it. */
  public enum Kind {
    /** It does not answer: the same may be asked again, unchanged. */
    UNREACHABLE,
    /** It refuses, and will go on doing so until somebody changes something. */
    REFUSED,
    /** The holder has been ended by somebody else: it must not spend any more. */
    FENCED
  }

  private final Kind kind;
  private final boolean lasting;

  public StoreException(Kind kind, String message) {
    this(kind, kind == Kind.REFUSED, message, null);
  }

  /**
   * @param lasting whether it stays so until somebody changes something: a start need not wait
   */
  public StoreException(
      Kind kind, boolean lasting, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.lasting = lasting;
  }

  boolean lasting() {
    return lasting;
  }

  public Kind kind() {
    return kind;
  }

  /** What a failure comes to; whatever is unknown may pass. */
  static StoreException of(Throwable failure) {
    return failure instanceof StoreException known
        ? known
        : new StoreException(Kind.UNREACHABLE, false, failure.getMessage(), failure);
  }
}
