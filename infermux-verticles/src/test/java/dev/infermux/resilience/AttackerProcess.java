package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.testing.ArchivedProgram;
import dev.infermux.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(Programs.java());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(ArchivedProgram.flags());
    command.add(Attackers.class.getName());
    return new AttackerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
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
