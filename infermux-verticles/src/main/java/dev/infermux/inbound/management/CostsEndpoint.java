package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.CostsView;
import dev.infermux.inbound.management.view.CostsView.Split;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;

/** {@code costs} and what is below: the spend of a month, split, and over time. */
final class CostsEndpoint implements ManagementEndpoint {

  private static final String PERIOD = "period";
  private static final String HOURS = "hours";
  private static final String BUCKET = "bucket";
  private static final Map<String, Split> SPLITS =
      Map.of("model", Split.MODEL, "group", Split.GROUP, "project", Split.PROJECT);

  private final CostsView costs;

  CostsEndpoint(CostsView costs) {
    this.costs = costs;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("costs", this::month);
    routes.get("costs/by-caller", this::callers);
    routes.get("costs/caller/:caller", this::caller);
    SPLITS.keySet().stream()
        .sorted()
        .forEach(name -> routes.get("costs/by-" + name, context -> split(context, name)));
    routes.get("costs/timeseries", this::timeseries);
  }

  private void month(RoutingContext context) {
    YearMonth period = period(context);
    send(context, costs.month(period).map(month -> CostsJson.month(period, month)));
  }

  private void callers(RoutingContext context) {
    YearMonth period = period(context);
    send(context, costs.callers(period).map(callers -> CostsJson.callers(period, callers)));
  }

  private void caller(RoutingContext context) {
    YearMonth period = period(context);
    String name = context.pathParam("caller");
    send(
        context,
        costs
            .caller(name, period)
            .map(
                caller ->
                    CostsJson.caller(period, caller.orElseThrow(() -> unknown(name, period)))));
  }

  private void split(RoutingContext context, String name) {
    YearMonth period = period(context);
    Split split = java.util.Objects.requireNonNull(SPLITS.get(name));
    send(context, costs.by(split, period).map(spend -> CostsJson.split(period, name, spend)));
  }

  private void timeseries(RoutingContext context) {
    Query query = Query.of(context, HOURS, BUCKET);
    Duration bucket = query.bucket(BUCKET, Duration.ofHours(1));
    boolean fine = bucket.toMinutes() % 60 != 0;
    int hours = query.integer(HOURS, 24, fine ? CostsView.MOST_FINE_HOURS : CostsView.MOST_HOURS);
    send(
        context,
        costs
            .timeseries(Duration.ofHours(hours), bucket)
            .map(points -> CostsJson.series(bucket, points)));
  }

  private YearMonth period(RoutingContext context) {
    return Query.of(context, PERIOD).month(PERIOD, costs.currentMonth());
  }

  private static void send(RoutingContext context, Future<byte[]> json) {
    json.onSuccess(bytes -> Replies.json(context, 200, Buffer.buffer(bytes)))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }

  private static InferenceException unknown(String caller, YearMonth period) {
    return new InferenceException(
        new Failure.Unservable(
            "not_found",
            404,
            "caller: "
                + Query.quoted(caller)
                + " (expected: one that has spent something in "
                + period
                + " or has a budget; GET costs/by-caller lists them)"));
  }
}
