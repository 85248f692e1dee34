package dev.infermux.inbound.http;

import dev.infermux.inference.Failure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exchanges that have asked the router and are not over. Safe on any thread. */
final class OpenExchanges {

  private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();

  void add(HttpExchange exchange) {
    open.add(exchange);
  }

  void remove(HttpExchange exchange) {
    open.remove(exchange);
  }

  /** Ends each of them with this failure, on its own event loop. */
  void stop(Failure failure) {
    open.forEach(exchange -> exchange.stop(failure));
  }
}
