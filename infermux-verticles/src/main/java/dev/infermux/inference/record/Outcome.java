package dev.infermux.inference.record;

import dev.infermux.inference.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended for its caller.
 *
 * @param httpStatus what an HTTP caller saw, 200 for a stream that broke after its head
 * @param failure null on success
 */
public record Outcome(int httpStatus, @Nullable Failure failure) {

  public static final Outcome OK = new Outcome(200, null);

  /** {@code ok}, {@code error} or {@code cancelled}. */
  public String status() {
    if (failure == null) {
      return "ok";
    }
    return failure instanceof Failure.Cancelled ? "cancelled" : "error";
  }
}
