package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import io.vertx.core.Future;

/**
 * One behaviour of the line; it wraps the next. A stage runs on the call's event loop, and fails
 * with an {@link dev.infermux.inference.InferenceException} only. What it does at the end of an
 * answer it says once, with {@link Answer#onEnd}.
 */
interface Stage {

  Future<Answer> run(CallContext context);

  /** The same, in which a bug that throws is a failure like others. */
  default Future<Answer> guarded(CallContext context) {
    try {
      return run(context);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }
}
