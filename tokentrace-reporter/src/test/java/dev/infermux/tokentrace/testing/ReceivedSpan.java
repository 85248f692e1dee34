package dev.infermux.tokentrace.testing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A span as it came over OTLP, with the resource that it came under. */
public record ReceivedSpan(Map<String, Object> resource, Span span) {

  static ReceivedSpan of(List<KeyValue> resource, Span span) {
    return new ReceivedSpan(plain(resource), span);
  }

  public String name() {
    return span.getName();
  }

  public String traceId() {
    return hex(span.getTraceId());
  }

  public String spanId() {
    return hex(span.getSpanId());
  }

  /** Empty for a root. */
  public String parentId() {
    return hex(span.getParentSpanId());
  }

  /** Strings, longs, doubles, booleans and lists of them. */
  public Map<String, Object> attributes() {
    return plain(span.getAttributesList());
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static Map<String, Object> plain(List<KeyValue> attributes) {
    Map<String, Object> plain = new TreeMap<>();
    attributes.forEach(attribute -> plain.put(attribute.getKey(), plain(attribute.getValue())));
    return plain;
  }

  private static Object plain(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BOOL_VALUE -> value.getBoolValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(ReceivedSpan::plain).toList();
      default -> value.toString();
    };
  }
}
