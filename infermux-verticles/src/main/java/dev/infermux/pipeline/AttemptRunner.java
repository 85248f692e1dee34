package dev.infermux.pipeline;

import dev.infermux.inference.AttemptResult;
import io.vertx.core.Future;

/**
 * Makes one attempt of a call. It runs on the call's event loop and fails with an {@link
 * dev.infermux.inference.InferenceException} only; a refusal is no failure.
 */
interface AttemptRunner {

  Future<AttemptResult> run(CallContext call, AttemptContext attempt);

  /** The same, in which a bug that throws is a failure like others. */
  default Future<AttemptResult> guarded(CallContext call, AttemptContext attempt) {
    try {
      return run(call, attempt);
    } catch (Throwable bug) {
      return Future.failedFuture(bug);
    }
  }
}
