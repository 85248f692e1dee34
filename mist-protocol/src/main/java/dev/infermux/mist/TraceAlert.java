package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * A threshold that was crossed: {@code trace.alert}.
 *
 * @param level {@code warning} or {@code critical}
 */
public record TraceAlert(
    String level, String metric, double value, double threshold, String message)
    implements Payload {

  public TraceAlert {
    Copies.finite("value", value);
    Copies.finite("threshold", threshold);
  }

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("level", level)
        .text("metric", metric)
        .number("value", value)
        .number("threshold", threshold)
        .text("message", message)
        .end();
  }

  static TraceAlert read(JsonFields in) {
    return new TraceAlert(
        in.text("level"),
        in.text("metric"),
        in.number("value"),
        in.number("threshold"),
        in.text("message"));
  }
}
