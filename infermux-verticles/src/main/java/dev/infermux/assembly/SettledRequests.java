package dev.infermux.assembly;

import dev.infermux.inbound.management.view.RequestsView;
import dev.infermux.inference.record.FinishedCall;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The calls that finished last, of which some may just be finishing. */
record SettledRequests(RequestsView requests, Supplier<Future<Void>> awaited)
    implements RequestsView {

  @Override
  public int capacity() {
    return requests.capacity();
  }

  @Override
  public List<FinishedCall> last(int limit) {
    return requests.last(limit);
  }

  @Override
  public Optional<FinishedCall> named(String requestId) {
    return requests.named(requestId);
  }

  @Override
  public Future<Void> settled() {
    return awaited.get();
  }
}
