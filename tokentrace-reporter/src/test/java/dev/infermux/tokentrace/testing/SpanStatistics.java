package dev.infermux.tokentrace.testing;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The sums that TokenTrace keeps, of the attributes that are JSON numbers. */
final class SpanStatistics {
  private SpanStatistics() {}

  static JsonObject of(List<JsonObject> spans) {
    JsonObject operations = new JsonObject();
    for (JsonObject span : spans) {
      String operation = span.getString("operation");
      operations.put(operation, operations.getInteger(operation, 0) + 1);
    }
    return new JsonObject()
        .put("spans", spans.size())
        .put("errors", spans.stream().filter(s -> s.getString("status").equals("error")).count())
        .put("tokens_in", (long) sum(spans, "tokens_in"))
        .put("tokens_out", (long) sum(spans, "tokens_out"))
        .put("cost_usd", sum(spans, "cost_usd"))
        .put("operations", operations);
  }

  private static double sum(List<JsonObject> spans, String name) {
    return spans.stream()
        .map(span -> span.getJsonObject("attrs", new JsonObject()).getValue(name))
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .sum();
  }
}
