package dev.infermux.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/** What stays on one context. */
public final class Contexts {

  private Contexts() {}

  /** A promise whose future completes on the caller's context, whichever thread completes it. */
  public static <T> Promise<T> promise(Vertx vertx) {
    return ((ContextInternal) vertx.getOrCreateContext()).promise();
  }

  /**
   * Completes in the next turn of the caller's event loop, which has looked at its sockets by then.
   * A timer, and no task: between two of those it does not look at them.
   */
  public static Future<Void> nextTurn(Vertx vertx) {
    return vertx.timer(1, TimeUnit.NANOSECONDS);
  }
}
