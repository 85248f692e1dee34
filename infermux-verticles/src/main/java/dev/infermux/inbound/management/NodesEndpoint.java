package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.NodesReport;
import dev.infermux.inbound.management.view.NodesView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code GET nodes}: the nodes that this one hears. */
final class NodesEndpoint implements ManagementEndpoint {

  private final NodesView nodes;

  NodesEndpoint(NodesView nodes) {
    this.nodes = nodes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("nodes", this::report);
  }

  private void report(RoutingContext context) {
    Query.of(context);
    NodesReport report = nodes.report();
    JsonArray all = new JsonArray();
    report.nodes().forEach(node -> all.add(json(node)));
    Replies.json(
        context,
        200,
        new JsonObject()
            .put("cluster", report.cluster().isEmpty() ? null : report.cluster())
            .put("expected", report.expected())
            .put("nodes", all)
            .toBuffer());
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
