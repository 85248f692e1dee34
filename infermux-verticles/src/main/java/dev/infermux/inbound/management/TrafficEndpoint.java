package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.TrafficReport;
import dev.infermux.inbound.management.view.TrafficReport.Flip;
import dev.infermux.inbound.management.view.TrafficReport.Series;
import dev.infermux.inbound.management.view.TrafficView;
import dev.infermux.mist.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET traffic}: the last quarter of an hour, by provider. */
final class TrafficEndpoint implements ManagementEndpoint {

  private final TrafficView traffic;

  TrafficEndpoint(TrafficView traffic) {
    this.traffic = traffic;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("traffic", this::report);
  }

  private void report(RoutingContext context) {
    Query.of(context);
    TrafficReport report = traffic.report();
    JsonWriter json =
        JsonWriter.object()
            .text("now", report.now().toString())
            .text("first", report.first().toString())
            .integer("step_seconds", report.step().toSeconds());
    series(json, report.calls())
        .objects(
            "providers",
            List.copyOf(report.providers().entrySet()),
            (row, entry) -> series(row.text("name", entry.getKey()), entry.getValue()))
        .objects("circuits", report.flips(), TrafficEndpoint::flip);
    Replies.json(context, 200, Buffer.buffer(json.end()));
  }

  private static JsonWriter series(JsonWriter json, Series series) {
    return json.value("requests", series.all()).value("errors", series.errors());
  }

  private static void flip(JsonWriter json, Flip flip) {
    json.text("provider", flip.provider())
        .textIfAny("model", flip.model())
        .text("at", flip.at().toString())
        .text("from", flip.from())
        .text("to", flip.to())
        .text("reason", flip.reason());
  }
}
