package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.BudgetsView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code budgets}: budgets of callers, listed, set and taken back. */
final class BudgetsEndpoint implements ManagementEndpoint {

  private final BudgetsView budgets;
  private final Changes changes;

  BudgetsEndpoint(BudgetsView budgets, Changes changes) {
    this.budgets = budgets;
    this.changes = changes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.records("budgets", this::list);
    routes.change("budgets", this::set);
    routes.remove("budgets/:caller", this::remove);
  }

  private void list(RoutingContext context) {
    Query.of(context);
    JsonArray rows = new JsonArray();
    budgets.all().forEach(rows::add);
    Changes.send(context, 200, Future.succeededFuture(new JsonObject().put("budgets", rows)));
  }

  private void set(RoutingContext context) {
    Changes.send(context, 200, changes.body(context).compose(budgets::set));
  }

  private void remove(RoutingContext context) {
    Changes.send(context, 200, budgets.remove(context.pathParam("caller")));
  }
}
