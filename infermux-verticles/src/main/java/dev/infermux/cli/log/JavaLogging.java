package dev.infermux.cli.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Takes what libraries write to the JDK's own logging, grpc-java above all, into the log. */
final class JavaLogging extends Handler {

  /** Kept, since the JDK forgets what it is told of a logger that nobody holds. */
  private static final Logger CALLERS_FAULTS = Logger.getLogger("io.grpc.netty");

  private final SimpleFormatter text = new SimpleFormatter();

  private JavaLogging() {}

  /** Idempotent. */
  static void toSlf4j() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JavaLogging());
    // A message over the limit or a broken connection; the line of the RPC says so already.
    CALLERS_FAULTS.setLevel(Level.SEVERE);
  }

  @Override
  public void publish(LogRecord record) {
    String name = record.getLoggerName();
    LoggerFactory.getLogger(name == null ? "" : name)
        .atLevel(level(record.getLevel()))
        .setCause(record.getThrown())
        .log("{}", text.formatMessage(record));
  }

  @Override
  public void flush() {
    // Nothing waits here.
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private static org.slf4j.event.Level level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    } else if (value >= Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    return value >= Level.INFO.intValue()
        ? org.slf4j.event.Level.INFO
        : org.slf4j.event.Level.DEBUG;
  }
}
