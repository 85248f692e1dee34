package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.infermux.testing.ArchivedProgram;
import dev.infermux.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 * compares the shape of what it prints. The script {@code infermux} is the program on the class
 * path of the tests; with {@code -Dresilience=full} it is the one of a fresh clone, which builds
 * the jar first.
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

  @TempDir Path folder;
  private @Nullable Process server;
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
        List<String> printed =
            step.command().endsWith("infermux serve") ? serve(here, step) : run(here, step);
        assertThat(shape(printed)).as(step.command()).matches(like(step));
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

  /** Starts the server, which goes on; what it says up to its address and the lines after it. */
  private List<String> serve(Path here, Step step) throws IOException {
    ProcessBuilder builder = shell(here, step.command());
    builder.environment().put("INFERMUX_LISTEN", "127.0.0.1:0");
    Process started = builder.start();
    server = started;
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    List<String> printed = new ArrayList<>();
    int wanted = withoutLauncher(step.printed()).size();
    while (printed.size() < wanted) {
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("it did not start: " + printed);
      }
      if (!line.startsWith("infermux: ")) {
        printed.add(line);
      }
      if (line.startsWith(LISTENING)) {
        address = line.substring(LISTENING.length());
      }
    }
    return printed;
  }

  private List<String> run(Path here, Step step) throws IOException, InterruptedException {
    String command = step.command().replace(README_ADDRESS, address);
    Process process = shell(here, command.replace("curl ", "curl -sS ")).start();
    List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(step.command()).isTrue();
    assertThat(process.exitValue()).as(step.command() + ": " + lines).isZero();
    return lines;
  }

  private static ProcessBuilder shell(Path here, String command) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(here.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    builder.environment().put("OPENAI_API_KEY", "sk-a");
    builder.environment().put("ANTHROPIC_API_KEY", "sk-b");
    return builder;
  }

  /** What the launcher says while it builds is not the program's. */
  private static List<String> withoutLauncher(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("infermux: ")).toList();
  }

  /** Ids, numbers and addresses differ from run to run. */
  private static String shape(List<String> lines) {
    return String.join("\n", lines)
        .replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "ADDRESS")
        .replaceAll("\\b[0-9a-f]{32}\\b", "ID")
        .replaceAll("\\d+(\\.\\d+)?", "N")
        .strip();
  }

  /** What is left out in the README, {@code …}, may be any lines; so may headers in between. */
  private static Pattern like(Step step) {
    boolean headers = step.command().startsWith("curl -i");
    StringBuilder pattern = new StringBuilder();
    for (String line : shape(withoutLauncher(step.printed())).split("\n", -1)) {
      pattern.append(line.equals("…") ? "(?:.*\n)*?" : Pattern.quote(line) + "\n?");
      if (headers) {
        pattern.append("(?:[a-zA-Z-]+: .*\n)*?");
      }
    }
    return Pattern.compile(pattern.toString());
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
