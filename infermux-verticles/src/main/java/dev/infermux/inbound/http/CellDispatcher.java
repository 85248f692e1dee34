package dev.infermux.inbound.http;

import dev.infermux.inbound.RouterClient;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Chooses the cell that serves a request. Safe on any thread. */
@FunctionalInterface
public interface CellDispatcher {

  /** Runs some work on the cell's event loop, with the client of that cell's router. */
  void dispatch(HttpServerRequest request, Consumer<RouterClient> work);
}
