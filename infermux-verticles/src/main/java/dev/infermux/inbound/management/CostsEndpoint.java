package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.CostsView;
import dev.infermux.inbound.management.view.CostsView.Split;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.mist.json.RawJson;
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
  private static final String SCOPE = "scope";
  private static final String ALL = "all";
  private static final String NODE = "node";
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
    CostsView view = scoped(context);
    send(context, view.month(period).map(month -> json(view, CostsJson.month(period, month))));
  }

  private void callers(RoutingContext context) {
    YearMonth period = period(context);
    CostsView view = scoped(context);
    send(
        context,
        view.callers(period).map(callers -> json(view, CostsJson.callers(period, callers))));
  }

  private void caller(RoutingContext context) {
    YearMonth period = period(context);
    String name = context.pathParam("caller");
    CostsView view = scoped(context);
    send(
        context,
        view.caller(name, period)
            .map(
                caller ->
                    json(
                        view,
                        CostsJson.caller(
                            period, caller.orElseThrow(() -> unknown(name, period))))));
  }

  private void split(RoutingContext context, String name) {
    YearMonth period = period(context);
    Split split = java.util.Objects.requireNonNull(SPLITS.get(name));
    CostsView view = scoped(context);
    send(
        context,
        view.by(split, period).map(spend -> json(view, CostsJson.split(period, name, spend))));
  }

  private void timeseries(RoutingContext context) {
    Query query = Query.of(context, HOURS, BUCKET, SCOPE);
    Duration bucket = query.bucket(BUCKET, Duration.ofHours(1));
    boolean fine = bucket.toMinutes() % 60 != 0;
    int hours = query.integer(HOURS, 24, fine ? CostsView.MOST_FINE_HOURS : CostsView.MOST_HOURS);
    CostsView view = costs.scoped(query.choice(SCOPE, ALL, NODE).equals(NODE));
    send(
        context,
        view.timeseries(Duration.ofHours(hours), bucket)
            .map(points -> json(view, CostsJson.series(bucket, points))));
  }

  private YearMonth period(RoutingContext context) {
    return Query.of(context, PERIOD, SCOPE).month(PERIOD, costs.currentMonth());
  }

  /** Of all nodes that share the budgets, unless this one alone is asked for. */
  private CostsView scoped(RoutingContext context) {
    String scope = Query.of(context, PERIOD, SCOPE).choice(SCOPE, ALL, NODE);
    return costs.scoped(scope.equals(NODE));
  }

  private static byte[] json(CostsView view, JsonWriter json) {
    return view.partial() ? json.value("partial", RawJson.of("true")).end() : json.end();
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
