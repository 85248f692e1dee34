package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span of a trace: {@code trace.span}.
 *
 * @param parentId empty for a root span
 * @param startNs Unix epoch nanoseconds
 * @param endNs Unix epoch nanoseconds
 * @param status {@link #OK} or {@link #ERROR}
 * @param attrs values that JSON can express; numbers are {@code Long}, {@code BigInteger} or {@code
 *     JsonDecimal} when they were read from JSON
 */
public record TraceSpan(
    String traceId,
    String spanId,
    String parentId,
    String operation,
    long startNs,
    long endNs,
    String status,
    Map<String, @Nullable Object> attrs)
    implements Payload {

  public static final String OK = "ok";
  public static final String ERROR = "error";

  public TraceSpan {
    attrs = Copies.of(attrs);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("trace_id", traceId)
        .text("span_id", spanId)
        .textIfAny("parent_id", parentId)
        .text("operation", operation)
        .integer("start_ns", startNs)
        .integer("end_ns", endNs)
        .text("status", status)
        .mapIfAny("attrs", attrs)
        .end();
  }

  static TraceSpan read(JsonFields in) {
    return new TraceSpan(
        in.text("trace_id"),
        in.text("span_id"),
        in.text("parent_id"),
        in.text("operation"),
        in.integer("start_ns"),
        in.integer("end_ns"),
        in.text("status"),
        in.map("attrs"));
  }
}
