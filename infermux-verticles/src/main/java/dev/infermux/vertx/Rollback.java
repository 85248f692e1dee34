package dev.infermux.vertx;

import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** For {@link Future#recover}: a step has failed, and what was done before it has to be undone. */
public final class Rollback {

  private Rollback() {}

  /** Fails with the step's own cause once {@code undo} has ended, whatever becomes of that. */
  public static <T> Function<Throwable, Future<T>> by(Supplier<Future<?>> undo) {
    return cause -> undo.get().transform(ended -> Future.failedFuture(cause));
  }
}
