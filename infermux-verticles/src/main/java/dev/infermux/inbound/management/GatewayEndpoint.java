package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.GatewayStatus;
import dev.infermux.inbound.management.view.GatewayView;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code GET status}: the gateway as a whole. */
final class GatewayEndpoint implements ManagementEndpoint {

  private final GatewayView gateway;

  GatewayEndpoint(GatewayView gateway) {
    this.gateway = gateway;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("status", this::status);
  }

  private void status(RoutingContext context) {
    GatewayStatus status = gateway.status();
    JsonObject json =
        new JsonObject()
            .put("version", status.version())
            .put("uptime_seconds", status.uptimeSeconds())
            .put("providers_healthy", status.providersHealthy())
            .put("providers_total", status.providersTotal())
            .put("requests_total", status.requestsTotal())
            .put("requests_last_minute", status.requestsLastMinute())
            .put("errors_last_minute", status.errorsLastMinute())
            .put("in_flight", status.inFlight())
            .put("event_loop_lag_ms", status.eventLoopLagMillis())
            .put("transport", status.transport());
    if (status.traceUrl() != null) {
      json.put("trace_url", status.traceUrl());
    }
    Replies.json(context, 200, json.toBuffer());
  }
}
