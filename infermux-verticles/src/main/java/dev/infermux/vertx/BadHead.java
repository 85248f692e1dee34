package dev.infermux.vertx;

/** Why the head of a request is refused; Vert.x hands it to the handler of invalid requests. */
public final class BadHead extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadHead(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  @Override
  public String getMessage() {
    return java.util.Objects.requireNonNull(super.getMessage());
  }

  public int status() {
    return status;
  }
}
