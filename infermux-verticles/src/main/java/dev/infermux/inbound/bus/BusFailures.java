package dev.infermux.inbound.bus;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.InferError;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.bus.InferFailure;

/** Shows failures as {@code infer.error}. */
final class BusFailures {

  private BusFailures() {}

  static InferFailure of(Throwable cause) {
    Failure failure = InferenceException.failureOf(cause);
    return InferFailure.of(
        MistSource.INFERMUX,
        new InferError(
            failure.code(), failure.message(), failure.worthRetrying(), failure.status()));
  }
}
