package dev.infermux.tokentrace.testing;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waits on a test's thread for what event loops do, ten seconds at most. */
final class Waiting {
  private Waiting() {}

  static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
