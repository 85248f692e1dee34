package dev.infermux.events;

import org.slf4j.spi.LoggingEventBuilder;

/** A log line being filled with key-value pairs. */
final class LogEntry {

  private LoggingEventBuilder builder;

  LogEntry(LoggingEventBuilder builder) {
    this.builder = builder;
  }

  LogEntry put(String key, Object value) {
    builder = builder.addKeyValue(key, value);
    return this;
  }

  LogEntry putIfAny(String key, String value) {
    return value.isEmpty() ? this : put(key, value);
  }

  void write(String message) {
    builder.log(message);
  }
}
