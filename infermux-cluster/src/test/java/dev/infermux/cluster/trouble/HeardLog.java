package dev.infermux.cluster.trouble;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that is logged as a warning or worse, by whomever. */
public final class HeardLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  public HeardLog() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  /** What the budgets say, in order. */
  public List<String> lines() {
    return events.stream()
        .filter(event -> event.getLoggerName().equals("infermux.budget"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  public List<String> containing(String text) {
    return lines().stream().filter(line -> line.contains(text)).toList();
  }

  /** Messages with a stack trace. */
  public List<String> traces() {
    return events.stream()
        .filter(event -> event.getThrowableProxy() != null)
        .map(event -> event.getFormattedMessage() + ": " + event.getThrowableProxy().getClassName())
        .toList();
  }

  public void forget() {
    events.clear();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      events.add(event);
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
