package dev.infermux.vertx;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** Promises that stay on one context. */
public final class Contexts {

  private Contexts() {}

  /** A promise whose future completes on the caller's context, whichever thread completes it. */
  public static <T> Promise<T> promise(Vertx vertx) {
    return ((ContextInternal) vertx.getOrCreateContext()).promise();
  }
}
