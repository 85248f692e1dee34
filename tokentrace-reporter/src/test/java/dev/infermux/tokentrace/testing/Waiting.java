package dev.infermux.tokentrace.testing;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waits on a test's thread for what event loops do, a minute at most. */
final class Waiting {
  private Waiting() {}

  static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
