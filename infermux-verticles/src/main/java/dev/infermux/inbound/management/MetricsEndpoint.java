package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.MetricsView;
import dev.infermux.inference.Failure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** {@code GET metrics}: Prometheus text, or OpenMetrics for a scraper that accepts it. */
final class MetricsEndpoint implements ManagementEndpoint {

  private final MetricsView metrics;

  MetricsEndpoint(MetricsView metrics) {
    this.metrics = metrics;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("metrics", this::metrics);
  }

  private void metrics(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    metrics
        .metrics(accept == null ? "" : accept)
        .onSuccess(text -> send(context, text))
        .onFailure(
            cause ->
                Replies.error(
                    context, new Failure.Internal("metrics cannot be read; see the log")));
  }

  private static void send(RoutingContext context, MetricsView.Text text) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, text.contentType()).end(text.body());
  }
}
