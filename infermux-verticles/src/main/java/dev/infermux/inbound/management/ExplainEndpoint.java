package dev.infermux.inbound.management;

import dev.infermux.inbound.BodyReader;
import dev.infermux.inbound.Lingering;
import dev.infermux.inbound.auth.AttributionHeaders;
import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Time;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/** {@code POST route/explain}: what would happen to a request, without doing it. */
final class ExplainEndpoint implements ManagementEndpoint {

  private final RouteView route;
  private final LongSupplier maxBodyBytes;
  private final Time time;

  ExplainEndpoint(RouteView route, LongSupplier maxBodyBytes, Time time) {
    this.time = time;
    this.route = route;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.post("route/explain", this::explain);
  }

  private void explain(RoutingContext context) {
    BodyReader.read(context.request(), maxBodyBytes.getAsLong())
        .compose(
            bytes ->
                route.explain(
                    ExplainedCall.of(
                        bytes, AttributionHeaders.read(context.request().headers()), time)))
        .onSuccess(explanation -> send(context, explanation))
        .onFailure(cause -> refuse(context, cause));
  }

  private static void send(RoutingContext context, RouteExplanation explanation) {
    Replies.json(context, 200, Buffer.buffer(ExplanationJson.of(explanation)));
  }

  /** A body that was refused before its end takes its connection with it. */
  private void refuse(RoutingContext context, Throwable cause) {
    HttpServerRequest request = context.request();
    boolean unread = !request.isEnded();
    if (unread) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Replies.error(context, InferenceException.failureOf(cause));
    if (unread) {
      Lingering.close(request, time.timers());
    }
  }
}
