package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.GatewayView;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inference.Failure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code GET ready}: whether calls should be sent here. */
final class ReadyEndpoint implements ManagementEndpoint {

  private final GatewayView gateway;

  ReadyEndpoint(GatewayView gateway) {
    this.gateway = gateway;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("ready", this::ready);
  }

  private void ready(RoutingContext context) {
    Readiness readiness = gateway.readiness();
    if (readiness.ready()) {
      Replies.json(context, 200, new JsonObject().put("status", "ready").toBuffer());
    } else {
      Replies.error(
          context, new Failure.Unservable("not_ready", 503, "not ready: " + readiness.reason()));
    }
  }
}
