package dev.infermux.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code infermux} in a JVM of its own, from the class path of the tests. */
final class ServerProcess implements AutoCloseable {

  private static final String LISTENING = "listening on ";
  private static final long SECONDS = 30;

  private final Process process;
  private final BufferedReader out;

  private ServerProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static ServerProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, Map.of(), arguments);
  }

  static ServerProcess start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Test class paths may hold several logback-test.xml; the program's has none.
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  /** Reads what it says up to the address it listens on, and returns that. */
  URI url() throws IOException {
    List<String> lines = linesToAddress();
    return URI.create(lines.get(lines.size() - 1).substring(LISTENING.length()));
  }

  /** Reads what it says up to the address it listens on, that line included. */
  List<String> linesToAddress() throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("it did not start: " + err());
      }
      lines.add(line);
    } while (!lines.get(lines.size() - 1).contains(LISTENING));
    return lines;
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + SECONDS + " s");
    }
    return process.exitValue();
  }

  /** All of standard error; only when it has ended or closed it. */
  String err() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  BufferedReader errReader() {
    return process.errorReader(StandardCharsets.UTF_8);
  }

  /** All of standard output that was not read yet. */
  String out() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
