package dev.infermux.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** Makes events of a fixed moment. */
final class LogEvents {

  private LogEvents() {}

  static LoggingEvent event(Level level, String message, Object... namesAndValues) {
    LoggingEvent event = new LoggingEvent();
    event.setLevel(level);
    event.setLoggerName("dev.infermux.request");
    event.setMessage(message);
    event.setMDCPropertyMap(Map.of());
    event.setTimeStamp(Instant.parse("2026-01-31T12:00:00.120Z").toEpochMilli());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      event.addKeyValuePair(new KeyValuePair((String) namesAndValues[i], namesAndValues[i + 1]));
    }
    return event;
  }

  static LoggingEvent withCause(LoggingEvent event, Throwable cause) {
    event.setThrowableProxy(new ThrowableProxy(cause));
    return event;
  }

  static String line(LogLines lines, LoggingEvent event) {
    StringBuilder out = new StringBuilder();
    lines.append(event, out);
    return out.toString();
  }
}
