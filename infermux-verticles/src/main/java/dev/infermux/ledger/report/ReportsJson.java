package dev.infermux.ledger.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.inference.Usd;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports as JSON. A tally is {@code [usd, requests, prompt tokens, completion tokens]}; amounts
 * are decimal dollars, exact to the nano-dollar.
 */
public final class ReportsJson {

  private static final String TOTAL = "total";
  private static final String MODELS = "models";

  private ReportsJson() {}

  /** Writes them as fields of the object that is open. */
  public static void write(Reports reports, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("months");
    for (Map.Entry<YearMonth, MonthlyTotals> month : reports.months.entrySet()) {
      json.writeObjectFieldStart(month.getKey().toString());
      write(month.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
    write("hours", reports.hours, json);
    write("minutes", reports.minutes, json);
    NamedSpendJson.write(reports.named, json);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException when it is anything else
   */
  public static Reports read(JsonNode json, ReportLimits limits) {
    Reports reports = new Reports(limits);
    for (Map.Entry<String, JsonNode> month : json.required("months").properties()) {
      MonthlyTotals totals = reports.month(YearMonth.parse(month.getKey()));
      if (totals != null) {
        read(month.getValue(), totals, limits);
      }
    }
    read(json.required("hours"), reports.hours);
    read(json.required("minutes"), reports.minutes);
    NamedSpendJson.read(json.path(NamedSpendJson.KEY), reports.named);
    return reports;
  }

  private static void write(MonthlyTotals month, JsonGenerator json) throws IOException {
    write(TOTAL, month.total.tally(), json);
    json.writeObjectFieldStart(Dimension.CALLER.key);
    for (String caller : month.by(Dimension.CALLER).keySet()) {
      CallerReport report = month.caller(caller).orElseThrow();
      json.writeObjectFieldStart(caller);
      write(TOTAL, report.total(), json);
      write(MODELS, report.byModel(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
    for (Dimension dimension : month.others.keySet()) {
      write(dimension.key, month.by(dimension), json);
    }
  }

  private static void write(String key, Map<String, Totals> tallies, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(key);
    for (Map.Entry<String, Totals> named : tallies.entrySet()) {
      write(named.getKey(), named.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void write(String key, Totals totals, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(key);
    json.writeNumber(totals.usd().toDecimal());
    json.writeNumber(totals.requests());
    json.writeNumber(totals.promptTokens());
    json.writeNumber(totals.completionTokens());
    json.writeEndArray();
  }

  private static void write(String key, TimeBuckets buckets, JsonGenerator json)
      throws IOException {
    Map<Long, Totals> inOrder = new TreeMap<>();
    buckets.forEach(inOrder::put);
    json.writeObjectFieldStart(key);
    for (Map.Entry<Long, Totals> bucket : inOrder.entrySet()) {
      write(Instant.ofEpochMilli(bucket.getKey()).toString(), bucket.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void read(JsonNode json, MonthlyTotals month, ReportLimits limits) {
    month.total.add(tally(json.required(TOTAL)));
    for (Map.Entry<String, JsonNode> named : json.required(Dimension.CALLER.key).properties()) {
      CallerTotals caller = month.caller(named.getKey(), limits);
      caller.sum.add(tally(named.getValue().required(TOTAL)));
      read(named.getValue().required(MODELS), caller.models, limits.modelsPerCaller(), limits);
    }
    month.others.forEach(
        (dimension, names) -> read(json.required(dimension.key), names, limits.names(), limits));
  }

  private static void read(
      JsonNode json, BoundedNames<RunningTotals> names, int most, ReportLimits limits) {
    for (Map.Entry<String, JsonNode> named : json.properties()) {
      names.of(named.getKey(), most, limits.reserved()::other).add(tally(named.getValue()));
    }
  }

  private static void read(JsonNode json, TimeBuckets buckets) {
    for (Map.Entry<String, JsonNode> bucket : json.properties()) {
      buckets.add(Instant.parse(bucket.getKey()).toEpochMilli(), tally(bucket.getValue()));
    }
  }

  private static Totals tally(JsonNode json) {
    return new Totals(usd(json.required(0)), count(json, 1), count(json, 2), count(json, 3));
  }

  private static long count(JsonNode json, int index) {
    JsonNode value = json.required(index);
    if (!value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(value + " (expected: a count)");
    }
    return value.longValue();
  }

  /** An amount as it stands in the file. */
  public static Usd usd(JsonNode json) {
    if (!json.isNumber()) {
      throw new IllegalArgumentException(json + " (expected: an amount in dollars)");
    }
    BigDecimal dollars = json.decimalValue();
    Usd usd = Usd.of(dollars);
    if (usd.nanos() < 0 || dollars.compareTo(BigDecimal.valueOf(usd.nanos(), 9)) != 0) {
      throw new IllegalArgumentException(json + " (expected: an amount in dollars)");
    }
    return usd;
  }
}
