package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.KeysView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code keys}: keys of callers, made, listed and revoked. */
final class KeysEndpoint implements ManagementEndpoint {

  private final KeysView keys;
  private final Changes changes;

  KeysEndpoint(KeysView keys, Changes changes) {
    this.keys = keys;
    this.changes = changes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.records("keys", this::list);
    routes.change("keys", this::create);
    routes.remove("keys/:id", this::revoke);
  }

  private void list(RoutingContext context) {
    Query.of(context);
    JsonArray rows = new JsonArray();
    keys.all().forEach(rows::add);
    Changes.send(context, 200, Future.succeededFuture(new JsonObject().put("keys", rows)));
  }

  /** The key is in this answer alone: nobody on the way may keep it. */
  private void create(RoutingContext context) {
    context.response().putHeader("Cache-Control", "no-store");
    Changes.send(context, 201, changes.body(context).compose(keys::create));
  }

  private void revoke(RoutingContext context) {
    Changes.send(context, 200, keys.revoke(context.pathParam("id")));
  }
}
