package dev.infermux.inbound.bus;

import dev.infermux.bus.FailureReply;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.bus.InferFailure;

/** Shows failures as {@code infer.error}. */
final class BusFailures {

  private BusFailures() {}

  static InferFailure of(Throwable cause) {
    return InferFailure.of(
        MistSource.INFERMUX, FailureReply.error(InferenceException.failureOf(cause)));
  }
}
