package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.testing.ArchivedProgram;
import dev.infermux.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README from top to bottom in one folder: each command of its consoles, in a shell, and
 * compares what it prints. The script {@code infermux} is the program on the class path of the
 * tests; with {@code -Dresilience=full} it is the one of a fresh clone, which builds the jar first.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ReadmeTest {

  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("```(console|yaml)\\n(.*?)\\n```", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("# (\\S+\\.yml)\\n");

  /** The address that the README's server has; the tests' has a free port. */
  private static final String README_ADDRESS = "localhost:8080";

  private static final String LISTENING = "listening on http://";
  private static final boolean CLONE = "full".equals(System.getProperty("resilience"));

  /** A clone builds before it starts. */
  private static final Duration START = CLONE ? Duration.ofMinutes(10) : Duration.ofMinutes(1);

  @TempDir Path folder;
  private @Nullable Process server;
  private Path output;
  private String address = README_ADDRESS;

  /** A command, and what it prints. */
  private record Step(String command, List<String> printed) {}

  @AfterEach
  void stop() {
    if (server != null) {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
    }
  }

  @Test
  void its_commands_print_what_it_says() throws Exception {
    assumeThat(available("curl")).as("curl").isTrue();
    Path here = CLONE ? cloned() : folder;
    if (!CLONE) {
      writeLauncher();
    }
    int steps = 0;
    Matcher blocks = BLOCK.matcher(Files.readString(CHECKOUT.resolve("README.md")));
    while (blocks.find()) {
      String text = blocks.group(2);
      if (blocks.group(1).equals("yaml")) {
        Matcher file = FILE.matcher(text);
        if (file.lookingAt()) {
          Files.writeString(here.resolve(file.group(1)), text + "\n");
        }
        continue;
      }
      for (Step step : steps(text)) {
        if (step.command().endsWith("infermux serve")) {
          serve(here, step);
        } else {
          run(here, step);
        }
        steps++;
      }
    }
    assertThat(steps).as("commands in the README").isGreaterThanOrEqualTo(5);
  }

  private static List<Step> steps(String console) {
    List<Step> steps = new ArrayList<>();
    for (String line : console.split("\n", -1)) {
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else {
        steps.get(steps.size() - 1).printed().add(line);
      }
    }
    return steps;
  }

  /** Starts the server, which goes on, and waits until it has printed what the README says. */
  private void serve(Path here, Step step) throws IOException {
    ProcessBuilder builder = shell(here, step.command());
    builder.environment().put("INFERMUX_LISTEN", ":0");
    server = builder.start();
    await().atMost(START).untilAsserted(() -> assertPrinted(step));
    address =
        printed().stream()
            .filter(line -> line.startsWith(LISTENING))
            .map(line -> line.substring(LISTENING.length()))
            .findFirst()
            .orElseThrow();
  }

  private void run(Path here, Step step) throws IOException, InterruptedException {
    String command = step.command().replace(README_ADDRESS, address);
    Process process = shell(here, command.replace("curl ", "curl -sS ")).start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(step.command() + ": " + printed()).isTrue();
    assertThat(process.exitValue()).as(step.command() + ": " + printed()).isZero();
    assertPrinted(step);
  }

  private void assertPrinted(Step step) throws IOException {
    List<String> printed = printed();
    List<String> wanted = CLONE ? step.printed() : withoutLauncher(step.printed());
    new Transcript(wanted)
        .missing(printed)
        .ifPresent(
            line -> {
              throw new AssertionError(
                  "%s%ndoes not print where the README has it:%n%s%nIt prints:%n%s"
                      .formatted(step.command(), line, String.join("\n", printed)));
            });
  }

  /** By the latest command, so far. */
  private List<String> printed() throws IOException {
    return Files.readAllLines(output);
  }

  private ProcessBuilder shell(Path here, String command) throws IOException {
    output = Files.createTempFile(folder, "printed", null);
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(here.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    builder.environment().put("OPENAI_API_KEY", "sk-a");
    builder.environment().put("ANTHROPIC_API_KEY", "sk-b");
    return builder;
  }

  /** What the launcher says while it builds is not the program's. */
  private static List<String> withoutLauncher(List<String> lines) {
    return lines.stream()
        .dropWhile(line -> line.startsWith("infermux: ") || line.equals("…"))
        .toList();
  }

  private void writeLauncher() throws IOException {
    Path launcher = folder.resolve("infermux");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '"
            + String.join("' '", Programs.java())
            + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
            + " -Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener '"
            + String.join("' '", ArchivedProgram.flags())
            + "' "
            + Main.class.getName()
            + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path cloned() throws IOException, InterruptedException {
    Path clone = folder.resolve("clone");
    Process git =
        new ProcessBuilder("git", "clone", "-q", CHECKOUT.toRealPath().toString(), clone.toString())
            .inheritIO()
            .start();
    assertThat(git.waitFor()).isZero();
    return clone;
  }

  private static boolean available(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("/bin/sh", "-c", "command -v " + program).start().waitFor() == 0;
  }
}
