package dev.infermux.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/** How an event is written. Used by one thread at a time. */
interface LogLines {

  /** The event with its line end; one line, unless a stack trace follows it. */
  void append(ILoggingEvent event, StringBuilder out);

  /**
   * Why something failed where a trace would say no more: a connection between nodes, which is
   * tried again. Null where there is no failure, or a trace is due.
   */
  static @Nullable String reason(ILoggingEvent event) {
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause == null
        || event.getLevel().isGreaterOrEqual(Level.ERROR)
        || !isOfPeers(event.getLoggerName())) {
      return null;
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClassName() : cause.getMessage();
  }

  private static boolean isOfPeers(String logger) {
    return logger.startsWith("io.vertx.core.eventbus.impl.clustered")
        || logger.startsWith("com.hazelcast");
  }
}
