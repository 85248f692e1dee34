package dev.infermux.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** How an event is written. Used by one thread at a time. */
interface LogLines {

  /** The event with its line end; one line, unless a stack trace follows it. */
  void append(ILoggingEvent event, StringBuilder out);
}
