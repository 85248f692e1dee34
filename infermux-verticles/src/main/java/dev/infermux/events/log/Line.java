package dev.infermux.events.log;

import org.slf4j.spi.LoggingEventBuilder;

/** A log line being filled with key-value pairs. */
final class Line {

  private LoggingEventBuilder builder;

  Line(LoggingEventBuilder builder) {
    this.builder = builder;
  }

  Line put(String key, Object value) {
    builder = builder.addKeyValue(key, value);
    return this;
  }

  Line putIfAny(String key, String value) {
    return value.isEmpty() ? this : put(key, value);
  }

  void write(String message) {
    builder.log(message);
  }
}
