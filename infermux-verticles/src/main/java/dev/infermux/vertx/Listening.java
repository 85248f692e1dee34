package dev.infermux.vertx;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A listener of what is published.
 *
 * @param begun completes when nothing that is published can be missed any more
 * @param ends has it end; more than once changes nothing
 */
public record Listening(Future<Void> begun, Supplier<Future<Void>> ends) {

  /** Nothing is handed on any more, once it completes. */
  public Future<Void> end() {
    return ends.get();
  }
}
