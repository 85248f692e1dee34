package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RefusedCall;

/** Reports a request for inference that ends before the router is asked, once. */
final class RefusalReport {

  private final Operation operation;
  private final String route;
  private Caller caller = new Caller(Attribution.ANONYMOUS, null);
  private boolean over;

  RefusalReport(Operation operation, String route) {
    this.operation = operation;
    this.route = route;
  }

  /** Who asks is known from now on; whoever is not let in stays anonymous. */
  void from(Caller known) {
    caller = known;
  }

  /** The router has been asked, and reports what becomes of it. */
  void asked() {
    over = true;
  }

  void refused(HttpExchange exchange, Failure failure) {
    if (!over) {
      over = true;
      exchange
          .router()
          .refuse(new RefusedCall(CallFactory.unread(exchange, caller, route, operation), failure));
    }
  }
}
