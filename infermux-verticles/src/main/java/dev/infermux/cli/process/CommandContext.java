package dev.infermux.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A command's access to its process: streams, environment, signals. Text is written as UTF-8 in
 * every locale.
 *
 * @param stopRequests what can ask a server to stop
 */
public record CommandContext(
    Map<String, String> environment,
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    StopRequests stopRequests) {

  public static CommandContext ofThisProcess() {
    return new CommandContext(
        System.getenv(),
        System.in,
        writer(new StandardOutput(FileDescriptor.out)),
        writer(new FileOutputStream(FileDescriptor.err)),
        new Signals());
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  public static PrintWriter writer(OutputStream out) {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }
}
