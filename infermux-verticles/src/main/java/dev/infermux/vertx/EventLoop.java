package dev.infermux.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** The one thread that a provider's calls in a cell run on. */
public final class EventLoop {

  private final ContextInternal context;
  private final PacedWork paced;

  private EventLoop(ContextInternal context) {
    this.context = context;
    this.paced = new PacedWork(context);
  }

  /** The caller's own event loop, or a new one when it runs on none. */
  public static EventLoop current(Vertx vertx) {
    return new EventLoop((ContextInternal) vertx.getOrCreateContext());
  }

  /** Runs on the loop: at once when already there. */
  public void run(Runnable task) {
    if (context.nettyEventLoop().inEventLoop()) {
      task.run();
    } else {
      context.runOnContext(here -> task.run());
    }
  }

  /** Runs after what the loop has queued by now. */
  public void afterwards(Runnable task) {
    context.runOnContext(here -> task.run());
  }

  /**
   * Runs what nobody waits for: at once, and when much of it comes together bit by bit. Called on
   * the loop.
   */
  public void paced(Runnable task) {
    paced.add(task);
  }

  /** Runs what {@link #paced} has put off. */
  public void catchUp() {
    run(paced::finish);
  }
}
