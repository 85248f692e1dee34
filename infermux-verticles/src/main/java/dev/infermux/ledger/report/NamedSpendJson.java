package dev.infermux.ledger.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.infermux.inference.Usd;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The spend of names by hour and day as JSON: by dimension, by name, by time. */
final class NamedSpendJson {

  static final String KEY = "names";
  private static final String HOURS = "hours";
  private static final String DAYS = "days";

  private NamedSpendJson() {}

  static void write(Map<Dimension, NamedSpend> named, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(KEY);
    for (Map.Entry<Dimension, NamedSpend> dimension : named.entrySet()) {
      json.writeObjectFieldStart(dimension.getKey().key);
      for (var name : new TreeMap<>(dimension.getValue().byName).entrySet()) {
        json.writeObjectFieldStart(name.getKey());
        write(HOURS, name.getValue().hours, json);
        write(DAYS, name.getValue().days, json);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(String key, SpendRing ring, JsonGenerator json) throws IOException {
    Map<Long, Usd> inOrder = new TreeMap<>();
    ring.forEach(inOrder::put);
    json.writeObjectFieldStart(key);
    for (Map.Entry<Long, Usd> bucket : inOrder.entrySet()) {
      json.writeFieldName(Instant.ofEpochMilli(bucket.getKey()).toString());
      json.writeNumber(bucket.getValue().toDecimal());
    }
    json.writeEndObject();
  }

  /** Reads what {@link #write} wrote; a file of an earlier version has nothing of it. */
  static void read(JsonNode json, Map<Dimension, NamedSpend> named) {
    named.forEach(
        (dimension, spend) -> {
          for (Map.Entry<String, JsonNode> name : json.path(dimension.key).properties()) {
            NamedSpend.Rings rings = spend.of(name.getKey(), true);
            read(name.getValue().required(HOURS), rings.hours::add);
            read(name.getValue().required(DAYS), rings.days::add);
          }
        });
  }

  private static void read(JsonNode buckets, BiConsumer<Long, Usd> add) {
    for (Map.Entry<String, JsonNode> bucket : buckets.properties()) {
      add.accept(Instant.parse(bucket.getKey()).toEpochMilli(), ReportsJson.usd(bucket.getValue()));
    }
  }
}
