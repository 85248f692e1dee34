package dev.infermux.benchmarks.loop;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/**
 * A Vert.x whose one event loop does all that is measured, so that nothing changes threads, and the
 * CPU time of that thread.
 */
public final class ServingLoop {

  private static final double NANOS_PER_MICRO = 1e3;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final long thread = run(() -> Future.succeededFuture(Thread.currentThread().getId()));

  public Vertx vertx() {
    return vertx;
  }

  /** Runs the work on the loop and waits for its result. */
  public <T> T run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(nothing -> work.get().onComplete(done));
    return done.future().await();
  }

  /** Runs the work so many times on the loop, each after the last: the hand-over is shared. */
  public void repeat(int times, Supplier<? extends Future<?>> work) {
    run(() -> CallLoop.run(times, 1, work));
  }

  /** Microseconds of the loop's CPU that each of the calls took which {@code work} makes. */
  public double microsPerCall(int calls, Runnable work) {
    long before = threads.getThreadCpuTime(thread);
    work.run();
    return (threads.getThreadCpuTime(thread) - before) / NANOS_PER_MICRO / calls;
  }

  public void close() {
    vertx.close().await();
  }
}
