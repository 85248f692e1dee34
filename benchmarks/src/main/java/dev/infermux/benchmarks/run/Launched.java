package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that this run started, and ends. */
final class Launched implements AutoCloseable {
  private static final int SECONDS_TO_END = 10;

  private final Process process;
  private final Thread atExit = new Thread(this::end);

  private Launched(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it with its standard output readable here and its errors in the log. */
  static Launched piped(List<String> command, Path log) throws IOException {
    return new Launched(
        new ProcessBuilder(command).redirectError(Redirect.to(log.toFile())).start());
  }

  /** Starts it with all its output in the log. */
  static Launched logged(List<String> command, Path log) throws IOException {
    return new Launched(
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start());
  }

  Process process() {
    return process;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
