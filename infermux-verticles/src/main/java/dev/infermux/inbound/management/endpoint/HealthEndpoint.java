package dev.infermux.inbound.management.endpoint;

import dev.infermux.inbound.management.web.Endpoint;
import dev.infermux.inbound.management.web.Replies;
import dev.infermux.inbound.management.web.Routes;
import io.vertx.core.json.JsonObject;

/** {@code GET health}: the process serves. */
final class HealthEndpoint implements Endpoint {

  @Override
  public void register(Routes routes) {
    routes.get(
        "health",
        context -> Replies.json(context, 200, new JsonObject().put("status", "ok").toBuffer()));
  }
}
