package dev.infermux.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process, waited for; one that takes longer than its time is killed. */
final class Launch {

  private final ProcessBuilder process;
  private int seconds = 150;

  private Launch(List<String> command) {
    this.process = new ProcessBuilder(command).redirectErrorStream(true);
    process.redirectInput(new File("/dev/null"));
  }

  /** Standard error goes where standard output goes. */
  record Ended(boolean ok, String output) {}

  static Launch of(List<String> command) {
    return new Launch(command);
  }

  static Launch of(String... command) {
    return new Launch(List.of(command));
  }

  Launch environment(Map<String, String> more) {
    process.environment().putAll(more);
    return this;
  }

  /** Without any variable of this process. */
  Launch alone() {
    process.environment().clear();
    return this;
  }

  Launch in(Path directory) {
    process.directory(directory.toFile());
    return this;
  }

  Launch within(int limit) {
    seconds = limit;
    return this;
  }

  Ended run() {
    try {
      File output = File.createTempFile("client", ".log");
      try {
        Process started = process.redirectOutput(output).start();
        boolean ended = started.waitFor(seconds, TimeUnit.SECONDS);
        started.descendants().forEach(ProcessHandle::destroyForcibly);
        started.destroyForcibly();
        return new Ended(ended && started.exitValue() == 0, Files.readString(output.toPath()));
      } finally {
        Files.delete(output.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
