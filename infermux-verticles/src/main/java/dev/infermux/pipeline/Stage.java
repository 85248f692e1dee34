package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import io.vertx.core.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One behaviour of the line; it wraps the next. A stage runs on the call's event loop, and fails
 * with an {@link dev.infermux.inference.InferenceException} only. What it does at the end of an
 * answer it says once, with {@link Answer#onEnd}.
 */
interface Stage {

  Future<Answer> run(CallContext context);

  /**
   * What a stage makes of an answer that has begun. Where that throws, the answer is given up: what
   * holds something for it lets go at its end.
   */
  static Answer changed(Answer answer, UnaryOperator<Answer> change) {
    return kept(answer, () -> change.apply(answer));
  }

  /** The same for whatever else is done with an answer that has begun. */
  static <T> T kept(Answer answer, Supplier<T> step) {
    try {
      return step.get();
    } catch (Throwable bug) {
      if (answer.streams()) {
        answer.events().cancel();
      }
      throw bug;
    }
  }

  /** The same, in which a bug that throws is a failure like others. */
  default Future<Answer> guarded(CallContext context) {
    try {
      return run(context);
    } catch (Throwable bug) {
      return Future.failedFuture(bug);
    }
  }
}
