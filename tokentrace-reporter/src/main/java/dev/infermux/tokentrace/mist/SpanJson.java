package dev.infermux.tokentrace.mist;

import dev.infermux.mist.json.JsonWriter;
import dev.infermux.tokentrace.record.FinishedSpan;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One span in the {@code /spans} format: some attributes are fields of their own there. */
final class SpanJson {
  private SpanJson() {}

  static byte[] of(FinishedSpan span) {
    Map<String, @Nullable Object> attributes = FlatMap.of(span);
    String operation = span.facts().operation();
    JsonWriter out = JsonWriter.object().text("name", operation == null ? "" : operation);
    move(attributes, "model", out, "model");
    move(attributes, "provider", out, "provider");
    tokens(attributes, out);
    move(attributes, "cost_usd", out, "cost_usd");
    long nanos = span.endEpochNanos() - span.startEpochNanos();
    attributes.putIfAbsent("latency_ms", TimeUnit.NANOSECONDS.toMillis(nanos));
    move(attributes, "latency_ms", out, "latency_ms");
    move(attributes, "ttft_ms", out, "ttft_ms");
    out.text("status", status(span));
    move(attributes, "caller", out, "caller");
    return out.mapIfAny("attributes", attributes)
        .text("trace_id", span.traceId())
        .text("span_id", span.spanId())
        .textIfAny("parent_span_id", span.toldParentId())
        .end();
  }

  private static void tokens(Map<String, @Nullable Object> attributes, JsonWriter out) {
    boolean counted =
        attributes.get("tokens_in") instanceof Long && attributes.get("tokens_out") instanceof Long;
    if (counted
        && attributes.remove("tokens_in") instanceof Long in
        && attributes.remove("tokens_out") instanceof Long produced) {
      out.integer("prompt_tokens", in)
          .integer("comp_tokens", produced)
          .integer("total_tokens", in + produced);
    }
  }

  private static void move(
      Map<String, @Nullable Object> attributes, String name, JsonWriter out, String field) {
    Object value = attributes.remove(name);
    if (value != null) {
      out.value(field, value);
    }
  }

  private static String status(FinishedSpan span) {
    if (!span.facts().failed()) {
      return "ok";
    }
    return span.facts().timedOut() ? "timeout" : "error";
  }
}
