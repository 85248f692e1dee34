package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * {@link Attackers} in a JVM of their own, at the lowest priority: their processors are not those
 * of the gateway, where there are enough.
 */
final class AttackerProcess implements AutoCloseable {

  private static final String FLOOD = "flood ";

  private final Process process;
  private final PrintWriter in;
  private final BufferedReader out;
  private final int flood;

  private AttackerProcess(Process process) throws IOException {
    this.process = process;
    this.in = new PrintWriter(process.outputWriter(UTF_8), true);
    this.out = process.inputReader(UTF_8);
    String line = out.readLine();
    if (line == null || !line.startsWith(FLOOD)) {
      throw new IOException("attackers: " + line);
    }
    this.flood = Integer.parseInt(line.substring(FLOOD.length()));
  }

  static AttackerProcess start() throws IOException {
    return new AttackerProcess(
        new ProcessBuilder(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Attackers.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The port of their provider. */
  int flood() {
    return flood;
  }

  String tell(String command) {
    try {
      in.println(command);
      String answer = out.readLine();
      if (answer == null) {
        throw new AssertionError("the attackers have ended at: " + command);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
