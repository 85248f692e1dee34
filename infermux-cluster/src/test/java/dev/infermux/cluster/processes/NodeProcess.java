package dev.infermux.cluster.processes;

import dev.infermux.cluster.bus.NodeProcess.Program;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A {@link HammerNode} with a directory of its own, started, killed and started again. */
final class NodeProcess {

  private final Path directory;
  private final String url;
  private final int callers;
  private final long limit;
  private final double rate;
  private int starts;
  private Process process;

  NodeProcess(Path directory, String url, int callers, long limit, double rate) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.url = url;
    this.callers = callers;
    this.limit = limit;
    this.rate = rate;
    this.process = launch(rate);
  }

  private Process launch(double calls) throws IOException {
    starts++;
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                HammerNode.class.getName(),
                url,
                directory.resolve("budgets.json").toString(),
                directory.resolve("truth").toString(),
                Integer.toString(callers),
                Long.toString(limit),
                Double.toString(calls)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
        .start();
  }

  /** Of the latest start. */
  Path log() {
    return directory.resolve("log-" + starts);
  }

  boolean living() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor(20, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    process = launch(rate);
  }

  /** Without calls, so that it only recovers and leaves. */
  void startIdle() throws IOException {
    process = launch(0);
  }

  void signal(String name) throws IOException, InterruptedException {
    // The shell's own: not every image has the program.
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** Waits until it is ready to be asked, or without calls until the database has taken it in. */
  void awaitReady() throws IOException, InterruptedException {
    // Its log may go on after that.
    for (int i = 0; i < 2_400 && living() && !lines().contains("ready"); i++) {
      Thread.sleep(50);
    }
  }

  String lastLine() throws IOException {
    List<String> lines = lines();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(log());
  }

  /** Ends it as an operator does; false when it does not. */
  boolean leave() throws IOException, InterruptedException {
    process.destroy();
    return process.waitFor(120, TimeUnit.SECONDS);
  }

  /** What the provider has charged each caller. */
  long[] truth() throws IOException {
    long[] sums = new long[callers];
    Path file = directory.resolve("truth");
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      while (bytes.remaining() >= 16) {
        int caller = (int) bytes.getLong();
        sums[caller] += bytes.getLong();
      }
    }
    return sums;
  }

  /** That of this process, and wherever the classes come from where it does not say. */
  private static String classPath() {
    Set<String> all =
        new LinkedHashSet<>(
            Arrays.asList(
                System.getProperty("infermux.test.classpath", Program.TESTED.classPath())
                    .split(System.getProperty("path.separator"))));
    try {
      all.add(
          Path.of(HammerNode.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return String.join(System.getProperty("path.separator"), all);
  }
}
