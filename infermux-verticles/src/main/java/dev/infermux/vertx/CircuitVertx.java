package dev.infermux.vertx;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;

/**
 * Vert.x for circuit breakers, which run on a context of their own, not on that of the caller. On a
 * caller's context their timers would be cancelled when its verticle is undeployed, and a circuit
 * would stay open for ever.
 */
final class CircuitVertx extends VertxWrapper {

  private final ContextInternal own;

  CircuitVertx(Vertx vertx) {
    super((VertxInternal) vertx);
    this.own = delegate.createEventLoopContext();
  }

  @Override
  public ContextInternal getOrCreateContext() {
    return own;
  }

  @Override
  public long setTimer(long delay, Handler<Long> handler) {
    return own.setTimer(delay, handler);
  }
}
