package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.inbound.management.view.RecentSpendView;
import dev.infermux.inference.Usd;
import dev.infermux.mist.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code GET costs/recent}: the last day by hour, since the process started. */
final class RecentSpendEndpoint implements ManagementEndpoint {

  private final RecentSpendView spend;

  RecentSpendEndpoint(RecentSpendView spend) {
    this.spend = spend;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("costs/recent", this::recent);
  }

  private void recent(RoutingContext context) {
    Query.of(context);
    RecentSpend recent = spend.recentSpend();
    JsonWriter json =
        JsonWriter.object()
            .text("since", recent.since().toString())
            .text("first", recent.first().toString())
            .text("bucket", "1h");
    recent.by().forEach((kind, names) -> split(json, kind, names));
    json.objects("unpriced", recent.unpriced(), RecentSpendEndpoint::unpriced);
    Replies.json(context, 200, Buffer.buffer(json.end()));
  }

  private static void split(JsonWriter json, String kind, Map<String, List<Usd>> names) {
    json.objects(
        kind + "s",
        List.copyOf(names.entrySet()),
        (row, entry) ->
            row.text(kind, entry.getKey())
                .value("usd", entry.getValue().stream().map(CostsJson::exact).toList()));
  }

  private static void unpriced(JsonWriter json, UnpricedModel model) {
    json.text("provider", model.provider())
        .text("model", model.model())
        .integer("attempts", model.attempts())
        .text("key", "pricing." + model.provider() + ".\"" + model.model() + "\"");
  }
}
