package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A request with a method that its path does not have. */
public final class WrongMethod {

  private WrongMethod() {}

  /**
   * The failure to answer it with; sets {@code Allow}, too.
   *
   * @param allowed as that header has it, such as {@code GET, HEAD}
   */
  public static Failure of(HttpServerRequest request, String allowed) {
    request.response().headers().set(HttpHeaders.ALLOW, allowed);
    return new Failure.Unservable(
        "method_not_allowed", 405, "method: " + request.method() + " (expected: " + allowed + ")");
  }
}
