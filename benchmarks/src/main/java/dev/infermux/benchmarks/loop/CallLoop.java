package dev.infermux.benchmarks.loop;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes calls, a few at a time, each as soon as one has been answered. */
public final class CallLoop {

  private final Supplier<? extends Future<?>> call;
  private final AtomicInteger toBegin;
  private final AtomicInteger toEnd;
  private final Promise<Void> done = Promise.promise();

  private CallLoop(int calls, Supplier<? extends Future<?>> call) {
    this.call = call;
    this.toBegin = new AtomicInteger(calls);
    this.toEnd = new AtomicInteger(calls);
  }

  /** Completes with the last answer; fails with the first failure. */
  public static Future<Void> run(int calls, int width, Supplier<? extends Future<?>> call) {
    CallLoop loop = new CallLoop(calls, call);
    for (int i = 0; i < width; i++) {
      loop.next();
    }
    return loop.done.future();
  }

  /** Calls that are answered at once are made in a loop: so many would not fit on the stack. */
  private void next() {
    while (toBegin.getAndDecrement() > 0) {
      Future<?> answer = call.get();
      if (!answer.isComplete()) {
        answer.onComplete(
            ended -> {
              end(answer);
              next();
            });
        return;
      }
      end(answer);
    }
  }

  private void end(Future<?> answer) {
    if (answer.failed()) {
      done.tryFail(answer.cause());
    } else if (toEnd.decrementAndGet() == 0) {
      done.tryComplete();
    }
  }
}
