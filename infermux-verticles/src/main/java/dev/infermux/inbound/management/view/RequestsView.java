package dev.infermux.inbound.management.view;

import dev.infermux.inference.record.FinishedCall;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The calls that finished last, without their content. */
public interface RequestsView {

  /** How many are kept. */
  int capacity();

  /** The latest first. */
  List<FinishedCall> last(int limit);

  /** Empty when it is not among those that are kept. */
  Optional<FinishedCall> named(String requestId);

  /** Completes when calls whose last event has been written are among them. */
  default Future<Void> settled() {
    return Future.succeededFuture();
  }
}
