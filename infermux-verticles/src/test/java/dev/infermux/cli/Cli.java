package dev.infermux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.infermux.cli.process.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Runs a command in this JVM and keeps what it said. */
record Cli(int exitCode, String out, String err) {

  static Cli run(String... arguments) {
    return run(Map.of(), "", arguments);
  }

  static Cli run(Map<String, String> environment, String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandContext context =
        new CommandContext(
            environment,
            new ByteArrayInputStream(in.getBytes(UTF_8)),
            CommandContext.writer(out),
            CommandContext.writer(err),
            stop -> {});
    Runnable undo = levels();
    try {
      int exitCode = Main.run(context, List.of(arguments));
      return new Cli(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      undo.run();
    }
  }

  /** What gives all loggers the levels of now again: commands set them, and other tests follow. */
  static Runnable levels() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Map<Logger, Level> before = new HashMap<>();
    context.getLoggerList().forEach(logger -> before.put(logger, logger.getLevel()));
    return () -> context.getLoggerList().forEach(logger -> logger.setLevel(before.get(logger)));
  }
}
