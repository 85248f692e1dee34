package dev.infermux.benchmarks.library;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/** A Vert.x whose one event loop does all that is measured, and the CPU time of that thread. */
final class ServingLoop {

  private static final double NANOS_PER_MICRO = 1e3;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final long thread = run(() -> Future.succeededFuture(Thread.currentThread().getId()));

  Vertx vertx() {
    return vertx;
  }

  /** Runs the work on the loop and waits for its result. */
  <T> T run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(nothing -> work.get().onComplete(done));
    return done.future().await();
  }

  /** Microseconds of the loop's CPU that each of the calls took which {@code work} makes. */
  double microsPerCall(int calls, Runnable work) {
    long before = threads.getThreadCpuTime(thread);
    work.run();
    return (threads.getThreadCpuTime(thread) - before) / NANOS_PER_MICRO / calls;
  }

  void close() {
    vertx.close().await();
  }
}
