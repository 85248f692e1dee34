package dev.infermux.assembly;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;

/** Refusals of what operators ask for. */
final class ManagementRefusal {

  private ManagementRefusal() {}

  static InferenceException of(String code, int status, String message) {
    return new InferenceException(new Failure.Unservable(code, status, message));
  }

  static <T> Future<T> refused(String code, int status, String message) {
    return Future.failedFuture(of(code, status, message));
  }
}
