package dev.infermux.tokentrace.testing;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.MistType;
import dev.infermux.mist.TraceAlert;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What TokenTrace accepts; IllegalArgumentException or the reader's own failure for the rest. */
final class TokenTraceRules {
  private static final int MOST = 1000;
  private static final List<String> NUMBERS =
      List.of("tokens_in", "tokens_out", "cost_usd", "latency_ms", "ttft_ms");
  private static final List<String> BATCH_NUMBERS =
      List.of("prompt_tokens", "comp_tokens", "total_tokens", "cost_usd", "latency_ms", "ttft_ms");

  private TokenTraceRules() {}

  static boolean isAlert(byte[] body) {
    return EnvelopeReader.read(body).type().equals(MistType.TRACE_ALERT);
  }

  /** One envelope with an alert, as a server takes it that knows them; today's does not. */
  static JsonObject alert(byte[] body) {
    Envelope envelope = EnvelopeReader.read(body);
    TraceAlert alert = envelope.payloadAs(TraceAlert.class);
    require(List.of("warning", "critical").contains(alert.level()), "level of " + alert);
    require(!alert.metric().isEmpty() && !alert.message().isEmpty(), "texts of " + alert);
    return new JsonObject(Buffer.buffer(body));
  }

  /** One envelope with a span. */
  static JsonObject envelope(byte[] body) {
    String type = EnvelopeReader.read(body).type();
    require(type.equals(MistType.TRACE_SPAN), "unsupported message type: " + type);
    JsonObject envelope = new JsonObject(Buffer.buffer(body));
    JsonObject span = envelope.getJsonObject("payload");
    texts(span, List.of("trace_id", "span_id", "operation"));
    whole(span, "start_ns");
    whole(span, "end_ns");
    require(span.getLong("end_ns") >= span.getLong("start_ns"), "ends before it starts");
    require(List.of("ok", "error").contains(span.getString("status")), "status of " + span);
    JsonObject attrs = span.getJsonObject("attrs", new JsonObject());
    NUMBERS.forEach(name -> numberIfAny(attrs, name));
    return envelope;
  }

  /** An array of spans in the newer format. */
  static void batch(JsonArray spans) {
    require(spans.size() <= MOST, spans.size() + " spans in a request (expected: <= 1000)");
    for (int i = 0; i < spans.size(); i++) {
      JsonObject span = spans.getJsonObject(i);
      texts(span, List.of("name", "trace_id", "span_id"));
      BATCH_NUMBERS.forEach(name -> numberIfAny(span, name));
      require(
          List.of("ok", "error", "timeout").contains(span.getString("status")),
          "status of " + span);
      span.getJsonObject("attributes");
    }
  }

  private static void texts(JsonObject span, List<String> names) {
    for (String name : names) {
      boolean some = span.getValue(name) instanceof String text && !text.isEmpty();
      require(some, name + " of " + span + " (expected: a text)");
    }
  }

  private static void whole(JsonObject span, String name) {
    boolean whole = span.getValue(name) instanceof Long || span.getValue(name) instanceof Integer;
    require(whole, name + " of " + span + " (expected: a whole number)");
  }

  private static void numberIfAny(JsonObject attrs, String name) {
    Object value = attrs.getValue(name);
    require(value == null || value instanceof Number, name + " of " + attrs + " is no number");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
