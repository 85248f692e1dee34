package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.KeysView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** No key is made here. */
final class NoKeys implements KeysView {

  @Override
  public Future<JsonObject> create(JsonObject request) {
    return Future.failedFuture("no keys");
  }

  @Override
  public List<JsonObject> all() {
    return List.of();
  }

  @Override
  public Future<JsonObject> revoke(String id) {
    return Future.failedFuture("no keys");
  }
}
