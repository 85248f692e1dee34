package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar and the script as users have them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProgramJarIT {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir Path directory;

  @Test
  void the_jar_answers_with_the_class_data_archive_that_belongs_to_it() throws Exception {
    String out =
        run(
            JAVA,
            "-Xshare:on",
            System.getProperty("training.heads"),
            "-XX:SharedArchiveFile=" + TARGET.resolve("infermux.jsa"),
            "-jar",
            TARGET.resolve("infermux.jar").toString(),
            "infer",
            "--model",
            "echo-v1",
            "--prompt",
            "Hello");

    assertThat(out).isEqualTo("echo: Hello\n");
  }

  @Test
  void an_archive_that_does_not_fit_is_passed_over_in_silence() throws Exception {
    Path copy = Files.copy(TARGET.resolve("infermux.jar"), directory.resolve("infermux.jar"));
    String out =
        run(
            JAVA,
            "-XX:SharedArchiveFile=" + TARGET.resolve("infermux.jsa"),
            "-Xlog:disable",
            "-jar",
            copy.toString(),
            "--version");

    assertThat(out).matches("infermux \\S+\n");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
  void the_script_runs_from_anywhere_by_any_link() throws Exception {
    Path script = TARGET.resolve("../../infermux").normalize();
    Path elsewhere = Files.createDirectory(directory.resolve("with a space"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("mux"), script);
    Path linkToLink = Files.createSymbolicLink(directory.resolve("m"), Path.of("with a space/mux"));

    assertThat(run(link.toString(), "--version")).matches("infermux \\S+\n");
    assertThat(run(linkToLink.toString(), "infer", "--model", "echo-v1", "--prompt", "a  b"))
        .isEqualTo("echo: a  b\n");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
  void the_script_of_a_package_takes_the_packages_own_runtime_and_builds_nothing()
      throws Exception {
    Path home = Files.createDirectories(directory.resolve("opt/infermux"));
    Path script = Files.createDirectory(home.resolve("bin")).resolve("infermux");
    Files.copy(TARGET.resolve("../../infermux"), script, StandardCopyOption.COPY_ATTRIBUTES);
    Path lib = Files.createDirectory(home.resolve("lib"));
    Files.createSymbolicLink(lib.resolve("infermux.jar"), TARGET.resolve("infermux.jar"));
    Files.createSymbolicLink(
        home.resolve("runtime"), Path.of(System.getProperty("java.home")).toRealPath());
    Path link = Files.createSymbolicLink(directory.resolve("infermux"), script);

    assertThat(run("env", "JAVA_HOME=/nowhere", "PATH=/usr/bin:/bin", link.toString(), "--version"))
        .matches("infermux \\S+\n");
  }

  /** What it prints, with its complaints, so that a warning fails the test. */
  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
