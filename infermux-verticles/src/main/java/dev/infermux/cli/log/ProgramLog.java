package dev.infermux.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.DynamicThresholdFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.infermux.config.LogFormat;
import dev.infermux.config.LogOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import org.slf4j.LoggerFactory;

/**
 * The log of this process, on standard error. Only the program configures one: a program that
 * embeds InferMux has a log of its own.
 */
public final class ProgramLog {

  /** Logback's own variable: if it is set, it names a whole configuration, which then applies. */
  private static final boolean BROUGHT_ALONG =
      System.getProperty("logback.configurationFile") != null;

  private ProgramLog() {}

  /** Sets the log up, or changes it. Not to be called by two threads at once. */
  public static void configure(LogOptions options) {
    JavaLogging.toSlf4j();
    if (BROUGHT_ALONG) {
      return;
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level level = Level.toLevel(options.level().wireName());
    root.setLevel(level);
    Level ofLibraries = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    context.getLogger("io.netty").setLevel(ofLibraries);
    context.getLogger("com.hazelcast").setLevel(ofLibraries);
    // What they warn of at each start is meant so: no access to the JDK's insides, no Raft.
    context.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory").setLevel(Level.ERROR);
    context.getLogger("com.hazelcast.cp").setLevel(Level.ERROR);
    // At debug it would write every frame: keys, prompts and answers.
    context.getLogger("io.grpc").setLevel(ofLibraries);
    root.detachAndStopAllAppenders();
    LineWriter writer = new LineWriter(new FileOutputStream(FileDescriptor.err), lines(options));
    writer.setContext(context);
    writer.start();
    root.addAppender(writer);
  }

  /** Logs nothing from now on, wherever it goes, until what is returned is run. */
  public static Runnable silence() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    DynamicThresholdFilter nothing = new DynamicThresholdFilter();
    nothing.setKey("silence");
    nothing.setDefaultThreshold(Level.OFF);
    nothing.setOnLower(FilterReply.DENY);
    nothing.start();
    context.addTurboFilter(nothing);
    return () -> context.getTurboFilterList().remove(nothing);
  }

  /** Writes what is still waiting; nothing is logged afterwards. */
  public static void close() {
    if (!BROUGHT_ALONG) {
      ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
  }

  private static LogLines lines(LogOptions options) {
    return options.format() == LogFormat.JSON
        ? new JsonLines(options.timestamps())
        : new TextLines(options.timestamps());
  }
}
