package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.CostsView;
import dev.infermux.inference.Usd;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Costs of November 2026: a dearer and a cheaper model, and one caller with a budget. */
final class ScriptedCosts implements CostsView {

  static final YearMonth NOW = YearMonth.of(2026, 11);

  private static final Spend DEAR = spend("1234567.000000001", 3);
  private static final Spend CHEAP = spend("0.0000001", 1);

  private static Spend spend(String usd, long requests) {
    return new Spend(Usd.of(new BigDecimal(usd)), requests, requests * 10, requests);
  }

  private static Map<String, Spend> models() {
    Map<String, Spend> models = new LinkedHashMap<>();
    models.put("dear", DEAR);
    models.put("cheap", CHEAP);
    return models;
  }

  @Override
  public YearMonth currentMonth() {
    return NOW;
  }

  @Override
  public Future<Month> month(YearMonth period) {
    return Future.succeededFuture(
        period.equals(NOW)
            ? new Month(spend("1234567.000000101", 4), Map.of("p", DEAR), models())
            : new Month(Spend.NOTHING, Map.of(), Map.of()));
  }

  @Override
  public Future<Map<String, Spend>> by(Split split, YearMonth period) {
    return Future.succeededFuture(
        split == Split.MODEL ? models() : Map.of(split.name().toLowerCase() + "-1", CHEAP));
  }

  @Override
  public Future<List<Caller>> callers(YearMonth period) {
    return Future.succeededFuture(
        List.of(
            new Caller(
                "team-a", CHEAP, new Usd(2_000_000_000), Usd.ZERO, new Usd(999_999_900), models()),
            new Caller("anonymous", DEAR, null, null, null, Map.of())));
  }

  @Override
  public Future<Optional<Caller>> caller(String caller, YearMonth period) {
    return callers(period)
        .map(all -> all.stream().filter(known -> known.name().equals(caller)).findFirst());
  }

  @Override
  public Future<List<Point>> timeseries(Duration span, Duration bucket) {
    List<Point> points = new ArrayList<>();
    for (long i = 0; i < span.dividedBy(bucket); i++) {
      points.add(new Point(Instant.EPOCH.plus(bucket.multipliedBy(i)), Spend.NOTHING));
    }
    return Future.succeededFuture(points);
  }
}
