package dev.infermux.inbound.management;

import io.vertx.core.json.JsonObject;

/** {@code GET health}: the process serves. */
final class HealthEndpoint implements ManagementEndpoint {

  @Override
  public void register(HttpRoutes routes) {
    routes.get(
        "health",
        context -> Replies.json(context, 200, new JsonObject().put("status", "ok").toBuffer()));
  }
}
