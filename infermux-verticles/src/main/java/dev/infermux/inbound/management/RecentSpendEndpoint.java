package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.inbound.management.view.RecentSpendView;
import dev.infermux.inbound.management.view.RecentSpendView.Bucket;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usd;
import dev.infermux.mist.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code GET costs/recent}: what each name cost, the last day by hour or a month by day. */
final class RecentSpendEndpoint implements ManagementEndpoint {

  private static final String BUCKET = "bucket";
  private static final List<Duration> WIDTHS = List.of(Bucket.HOUR.width(), Bucket.DAY.width());

  private final RecentSpendView spend;

  RecentSpendEndpoint(RecentSpendView spend) {
    this.spend = spend;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("costs/recent", this::recent);
  }

  private void recent(RoutingContext context) {
    Duration width = Query.of(context, BUCKET).oneOf(BUCKET, WIDTHS);
    Bucket bucket = width.equals(Bucket.DAY.width()) ? Bucket.DAY : Bucket.HOUR;
    spend
        .recentSpend(bucket)
        .onSuccess(recent -> Replies.json(context, 200, Buffer.buffer(json(bucket, recent))))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }

  private static byte[] json(Bucket bucket, RecentSpend recent) {
    JsonWriter json =
        JsonWriter.object()
            .text("since", recent.since().toString())
            .text("first", recent.first().toString())
            .text("bucket", bucket.width().toHours() + "h");
    recent.by().forEach((kind, names) -> split(json, kind, names));
    return json.objects("unpriced", recent.unpriced(), RecentSpendEndpoint::unpriced).end();
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
        .text("key", UnpricedModel.key(model.provider(), model.model()));
  }
}
