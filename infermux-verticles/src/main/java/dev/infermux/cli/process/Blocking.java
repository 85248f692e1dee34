package dev.infermux.cli.process;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Blocks the main thread, which has nothing else to do. */
public final class Blocking {

  private Blocking() {}

  /** What the future came to; its failure is thrown as it is, if it is unchecked. */
  public static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
