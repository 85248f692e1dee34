package dev.infermux.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One flat JSON object a line: {@code time}, {@code level}, {@code logger}, {@code message}, then
 * the event's own fields by their names, numbers as numbers, and {@code stack_trace} or {@code
 * reason} if there is one.
 */
final class JsonLines implements LogLines {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TAKEN =
      Set.of("time", "level", "logger", "message", "stack_trace");

  private final boolean timestamps;
  private final Timestamp timestamp = new Timestamp();

  JsonLines(boolean timestamps) {
    this.timestamps = timestamps;
  }

  @Override
  public void append(ILoggingEvent event, StringBuilder out) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      write(event, json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    out.append(line.getBuffer()).append('\n');
  }

  private void write(ILoggingEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (timestamps) {
      StringBuilder time = new StringBuilder();
      timestamp.append(event.getTimeStamp(), time);
      json.writeStringField("time", time.toString());
    }
    json.writeStringField("level", event.getLevel().toString());
    json.writeStringField("logger", event.getLoggerName());
    json.writeStringField("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        json.writeFieldName(TAKEN.contains(pair.key) ? "field_" + pair.key : pair.key);
        value(pair.value, json);
      }
    }
    String reason = LogLines.reason(event);
    if (reason != null) {
      json.writeStringField("reason", reason);
    } else if (event.getThrowableProxy() != null) {
      json.writeStringField("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    json.writeEndObject();
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double || value instanceof Float) {
      // Infinities come out as text: JSON has no number for them.
      json.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof BigDecimal || value instanceof BigInteger) {
      json.writeNumber(new BigDecimal(value.toString()).toPlainString());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
