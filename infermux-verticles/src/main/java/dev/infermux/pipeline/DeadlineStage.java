package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Fails a call whose answer has not started by its deadline. A stream that has started is left
 * alone: its idle limit watches it. Calls without a deadline pass.
 */
final class DeadlineStage implements Stage {

  private final Time time;
  private final Stage next;

  DeadlineStage(Time time, Stage next) {
    this.time = time;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Call call = context.call();
    if (call.deadlineNanos() == Call.NO_DEADLINE) {
      return next.run(context);
    }
    long leftMillis = (call.deadlineNanos() - time.nanos()) / 1_000_000;
    if (leftMillis <= 0) {
      return Future.failedFuture(passed(call));
    }
    Cancellation limit = call.cancellation().child();
    context.cancelledBy(limit);
    Timer timer = time.timers().start(Duration.ofMillis(leftMillis), limit::cancel);
    return next.guarded(context)
        .onComplete(ended -> timer.cancel())
        .recover(cause -> Future.failedFuture(reason(call, limit, cause)));
  }

  /** Cancelled, although the caller is still there: the limit did it. */
  private static Throwable reason(Call call, Cancellation limit, Throwable cause) {
    return limit.isCancelled() && !call.cancellation().isCancelled() ? passed(call) : cause;
  }

  private static InferenceException passed(Call call) {
    long millis = (call.deadlineNanos() - call.startedNanos()) / 1_000_000;
    return new InferenceException(
        new Failure.DeadlinePassed(
            "no answer had begun within the " + millis + " ms that the caller allowed"));
  }
}
