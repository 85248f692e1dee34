package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.NodesReport;
import dev.infermux.inbound.management.view.NodesView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code nodes}: those that this one hears, and those that share its budgets. */
final class NodesEndpoint implements ManagementEndpoint {

  private final NodesView nodes;
  private final HolderReplies holders;
  private final Changes changes;

  NodesEndpoint(NodesView nodes, HolderReplies holders, Changes changes) {
    this.nodes = nodes;
    this.holders = holders;
    this.changes = changes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("nodes", this::report);
    routes.change("nodes/:holder/settle", this::settle);
  }

  private void settle(RoutingContext context) {
    Changes.send(
        context,
        200,
        changes.body(context).compose(word -> holders.settle(context.pathParam("holder"), word)));
  }

  private void report(RoutingContext context) {
    Query.of(context);
    NodesReport report = nodes.report();
    JsonArray all = new JsonArray();
    report.nodes().forEach(node -> all.add(json(node)));
    JsonObject json =
        new JsonObject()
            .put("cluster", report.cluster().isEmpty() ? null : report.cluster())
            .put("expected", report.expected())
            .put("nodes", all);
    Changes.send(context, 200, holders.addTo(json));
  }

  private static JsonObject json(NodesReport.Node node) {
    return new JsonObject()
        .put("id", node.id())
        .put("name", node.name())
        .put("version", node.version())
        .put("started_at", node.startedAt().toString())
        .put("silent_ms", node.silent().toMillis())
        .put("self", node.self());
  }
}
