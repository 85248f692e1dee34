package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.CostsView.Caller;
import dev.infermux.inbound.management.view.CostsView.Month;
import dev.infermux.inbound.management.view.CostsView.Point;
import dev.infermux.inbound.management.view.CostsView.Spend;
import dev.infermux.inference.Usd;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.mist.json.RawJson;
import java.time.Duration;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports as JSON. Amounts are exact: as many decimals as it takes, and never an exponent. */
final class CostsJson {

  private CostsJson() {}

  static JsonWriter month(YearMonth period, Month month) {
    JsonWriter json = begin(period);
    usd(json, "total_usd", month.total().usd());
    json.value("by_provider", amounts(month.byProvider()));
    json.value("by_model", amounts(month.byModel()));
    return counts(json, month.total());
  }

  static JsonWriter callers(YearMonth period, List<Caller> callers) {
    return begin(period).objects("callers", callers, CostsJson::row);
  }

  static JsonWriter caller(YearMonth period, Caller caller) {
    JsonWriter json = begin(period);
    row(json, caller);
    return json.value("by_model", amounts(caller.byModel()));
  }

  /**
   * @param name of what the rows are
   */
  static JsonWriter split(YearMonth period, String name, Map<String, Spend> spend) {
    return begin(period)
        .value("by_" + name, amounts(spend))
        .objects(
            name + "s",
            List.copyOf(spend.entrySet()),
            (json, row) -> spend(json.text(name, row.getKey()), row.getValue()));
  }

  static JsonWriter series(Duration bucket, List<Point> points) {
    long minutes = bucket.toMinutes();
    return JsonWriter.object()
        .text("bucket", minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m")
        .objects(
            "points",
            points,
            (json, point) -> spend(json.text("start", point.start().toString()), point.spend()));
  }

  static JsonWriter usd(JsonWriter json, String name, Usd amount) {
    return json.value(name, exact(amount));
  }

  static RawJson exact(Usd amount) {
    return RawJson.of(amount.toDecimal());
  }

  private static JsonWriter begin(YearMonth period) {
    return JsonWriter.object().text("period", period.toString());
  }

  private static void row(JsonWriter json, Caller caller) {
    usd(json.text("caller", caller.name()), "total_usd", caller.total().usd());
    Usd budget = caller.budget();
    Usd reserved = caller.reserved();
    Usd remaining = caller.remaining();
    if (budget != null && reserved != null && remaining != null) {
      usd(json, "budget_usd", budget);
      usd(json, "budget_remaining_usd", remaining);
      usd(json, "budget_reserved_usd", reserved);
    }
    counts(json, caller.total());
  }

  private static JsonWriter spend(JsonWriter json, Spend spend) {
    return counts(usd(json, "total_usd", spend.usd()), spend);
  }

  private static JsonWriter counts(JsonWriter json, Spend spend) {
    return json.integer("requests", spend.requests())
        .integer("prompt_tokens", spend.promptTokens())
        .integer("completion_tokens", spend.completionTokens());
  }

  private static Map<String, RawJson> amounts(Map<String, Spend> spend) {
    Map<String, RawJson> amounts = new LinkedHashMap<>();
    spend.forEach((name, sum) -> amounts.put(name, exact(sum.usd())));
    return amounts;
  }
}
