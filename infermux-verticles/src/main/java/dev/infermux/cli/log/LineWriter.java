package dev.infermux.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.event.KeyValuePair;

/**
 * Writes lines on a thread of its own, so that a slow reader of the log never holds an event loop.
 * A line that finds the thread idle is written at once. Then the thread pauses, so that further
 * ones gather and do not wake it one by one.
 *
 * <p>At most {@link #CAPACITY} events wait, the last part of the capacity for warnings and errors
 * alone; an event beyond it is dropped and counted; a line of its own says so as soon as there is
 * capacity.
 */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {

  static final int CAPACITY = 8192;
  private static final ILoggingEvent END = new LoggingEvent();
  private static final int ROOM_FOR_WARNINGS = CAPACITY / 8;
  private static final int BATCH = 256;
  private static final long LINGER_MILLIS = Duration.ofMillis(25).toMillis();
  private static final long STOP_MILLIS = 2000;

  private final OutputStream out;
  private final LogLines lines;
  private final BlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer = new Thread(this::write, "infermux-log");

  LineWriter(OutputStream out, LogLines lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void start() {
    super.start();
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    boolean important = event.getLevel().isGreaterOrEqual(Level.WARN);
    boolean room = important || waiting.remainingCapacity() > ROOM_FOR_WARNINGS;
    if (!room || !waiting.offer(event)) {
      dropped.increment();
    }
  }

  /** Writes what waits, for two seconds at most. */
  @Override
  public void stop() {
    super.stop();
    try {
      if (waiting.offer(END, STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        writer.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<ILoggingEvent> batch = new ArrayList<>(BATCH);
    try {
      boolean ended = false;
      while (!ended) {
        batch.add(waiting.take());
        waiting.drainTo(batch, BATCH - 1);
        ended = batch.remove(END);
        boolean more = batch.size() >= BATCH - 1;
        out.write(text(batch).getBytes(StandardCharsets.UTF_8));
        batch.clear();
        if (!more && !ended) {
          Thread.sleep(LINGER_MILLIS);
        }
      }
    } catch (InterruptedException | IOException e) {
      // The reader of the log is gone; the program goes on without it.
      super.stop();
    }
  }

  private String text(List<ILoggingEvent> batch) {
    StringBuilder text = new StringBuilder();
    batch.forEach(event -> append(event, text));
    long lost = dropped.sumThenReset();
    if (lost > 0) {
      append(lossOf(lost), text);
    }
    return text.toString();
  }

  /** A value whose {@code toString} throws costs its own line only. */
  private void append(ILoggingEvent event, StringBuilder text) {
    int begin = text.length();
    try {
      lines.append(event, text);
    } catch (RuntimeException e) {
      text.setLength(begin);
      LoggingEvent instead = event(event.getLevel(), event.getLoggerName());
      instead.setMessage(event.getFormattedMessage());
      instead.addKeyValuePair(new KeyValuePair("unwritable", e.toString()));
      lines.append(instead, text);
    }
  }

  private static LoggingEvent lossOf(long lines) {
    LoggingEvent event = event(Level.WARN, "dev.infermux.log");
    event.setMessage("the log is read too slowly, lines were dropped");
    event.addKeyValuePair(new KeyValuePair("dropped", lines));
    return event;
  }

  private static LoggingEvent event(Level level, String logger) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerName(logger);
    event.setLevel(level);
    event.setTimeStamp(System.currentTimeMillis());
    return event;
  }
}
