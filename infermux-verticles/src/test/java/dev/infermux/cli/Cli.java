package dev.infermux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.cli.process.CommandContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Runs a command in this JVM and keeps what it said. */
record Cli(int exitCode, String out, String err) {

  static Cli run(String... arguments) {
    return run(Map.of(), "", arguments);
  }

  static Cli run(Map<String, String> environment, String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            new CommandContext(
                environment,
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                CommandContext.writer(out),
                CommandContext.writer(err),
                stop -> {}),
            List.of(arguments));
    return new Cli(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
