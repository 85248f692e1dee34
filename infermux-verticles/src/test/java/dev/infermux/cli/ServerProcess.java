package dev.infermux.cli;

import dev.infermux.testing.ArchivedProgram;
import dev.infermux.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code infermux} in a JVM of its own, from the class path of the tests as jars: a class of a jar
 * that is open can be loaded without a file descriptor.
 */
public final class ServerProcess implements AutoCloseable {

  private static final String FAST_START = "-XX:TieredStopAtLevel=1";
  private static final String LISTENING = "listening on ";
  private static final long SECONDS = 30;

  private final Process process;
  private final BufferedReader out;

  /** The environment variable with flags of the JVM. */
  public static final String JVM_FLAGS = "JDK_JAVA_OPTIONS";

  private ServerProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  public static ServerProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, Map.of(), arguments);
  }

  public static ServerProcess start(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    return new ServerProcess(process(directory, environment, arguments).start());
  }

  /** The same with all that the JVM compiles: its TLS is many times as fast. */
  public static ServerProcess startOptimized(
      Path directory, Map<String, String> environment, String... arguments) throws IOException {
    ProcessBuilder builder = process(directory, environment, arguments);
    builder.command().remove(FAST_START);
    return new ServerProcess(builder.start());
  }

  /** The same with its log in a file. */
  static ServerProcess startLogging(Path directory, Path log, String... arguments)
      throws IOException {
    ProcessBuilder builder = process(directory, Map.of(), arguments);
    return new ServerProcess(builder.redirectError(log.toFile()).start());
  }

  private static ProcessBuilder process(
      Path directory, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(Programs.java());
    // A second collector would be refused.
    if (!environment.getOrDefault(JVM_FLAGS, "").contains("GC")) {
      command.add("-XX:+UseSerialGC");
    }
    command.addAll(
        List.of(
            FAST_START,
            // Test class paths may hold several logback-test.xml; the program's has none.
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener"));
    command.addAll(ArchivedProgram.flags());
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Reads what it says up to the address it listens on, and returns that. */
  public URI url() throws IOException {
    List<String> lines = linesToAddress();
    return URI.create(lines.get(lines.size() - 1).substring(LISTENING.length()));
  }

  /** Reads what it says up to the address it listens on, that line included. */
  public List<String> linesToAddress() throws IOException {
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

  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + SECONDS + " s");
    }
    return process.exitValue();
  }

  /** All of standard error; only when it has ended or closed it. */
  public String err() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public BufferedReader errReader() {
    return process.errorReader(StandardCharsets.UTF_8);
  }

  /** The next line that it says. */
  public String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("it has ended: " + err());
    }
    return line;
  }

  /** All of standard output that was not read yet. */
  public String out() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      text.append((char) c);
    }
    return text.toString();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
