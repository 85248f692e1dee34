package dev.infermux.inbound.management;

import dev.infermux.inbound.auth.AttributionHeaders;
import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Time;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** {@code POST route/explain}: what would happen to a request, without doing it. */
final class ExplainEndpoint implements ManagementEndpoint {

  private final RouteView route;
  private final OperatorBodies bodies;
  private final Time time;

  ExplainEndpoint(RouteView route, OperatorBodies bodies, Time time) {
    this.time = time;
    this.route = route;
    this.bodies = bodies;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.post("route/explain", this::explain);
  }

  private void explain(RoutingContext context) {
    bodies
        .read(context, Long.MAX_VALUE)
        .compose(
            bytes ->
                route.explain(
                    ExplainedCall.of(
                        bytes, AttributionHeaders.read(context.request().headers()), time)))
        .onSuccess(explanation -> send(context, explanation))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }

  private static void send(RoutingContext context, RouteExplanation explanation) {
    Replies.json(context, 200, Buffer.buffer(ExplanationJson.of(explanation)));
  }
}
