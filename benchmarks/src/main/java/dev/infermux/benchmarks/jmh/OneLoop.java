package dev.infermux.benchmarks.jmh;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.function.Supplier;

/**
 * A Vert.x with one event loop, so that what is measured never changes threads, and a way for the
 * benchmark's thread to have work done there and wait for it.
 */
final class OneLoop {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();

  Vertx vertx() {
    return vertx;
  }

  /** Runs the work on the loop and returns its result. */
  <T> T run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(nothing -> work.get().onComplete(done));
    return done.future().toCompletionStage().toCompletableFuture().join();
  }

  /** Runs the work so many times on the loop, each after the last: the hand-over is shared. */
  void repeat(int times, Supplier<Future<?>> work) {
    run(
        () -> {
          Promise<Void> done = Promise.promise();
          next(times, work, done);
          return done.future();
        });
  }

  private static void next(int left, Supplier<Future<?>> work, Promise<Void> done) {
    if (left == 0) {
      done.complete();
      return;
    }
    work.get().onSuccess(result -> next(left - 1, work, done)).onFailure(done::fail);
  }

  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
