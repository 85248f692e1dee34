package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.BudgetsView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Nobody has a budget here. */
final class NoBudgets implements BudgetsView {

  @Override
  public List<JsonObject> all() {
    return List.of();
  }

  @Override
  public Future<JsonObject> set(JsonObject request) {
    return Future.failedFuture("no budgets");
  }

  @Override
  public Future<JsonObject> remove(String caller) {
    return Future.failedFuture("no budgets");
  }
}
