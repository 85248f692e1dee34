package dev.infermux.inbound.management;

import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.BodyTerms;
import dev.infermux.inbound.Lingering;
import dev.infermux.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Reads what is sent to management; it counts until its answer is out. */
record OperatorBodies(BodyTerms terms, Timers timers) {

  /** The whole body; what is too large, or has no room, takes its connection with it. */
  Future<byte[]> read(RoutingContext context, long most) {
    long limit = Math.min(most, terms.maxBytes().getAsLong());
    BodyReader reader = new BodyReader(context.request(), limit, terms.account());
    context.addEndHandler(ended -> reader.release());
    return reader.read().onFailure(refused -> closing(context));
  }

  private void closing(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded() && !context.response().headWritten()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.addEndHandler(ended -> Lingering.close(request, timers));
    }
  }
}
