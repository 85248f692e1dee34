package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags with which the script starts the JVM, by a java that prints them. */
class StartScriptTest {

  @TempDir Path home;

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "needs a shell");
    executable(home.resolve("infermux"), Files.readString(Path.of("..", "infermux")));
    Path target = Files.createDirectories(home.resolve("infermux-verticles/target"));
    Files.createFile(target.resolve("infermux.jar"));
    Path java = Files.createDirectories(home.resolve("jdk/bin"));
    executable(java.resolve("java"), "#!/bin/sh\nfor flag; do echo \"$flag\"; done\n");
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void without_options_the_heap_is_ours_or_the_containers() throws Exception {
    List<String> flags = flags("");

    assertThat(flags).contains("-XX:+UseSerialGC");
    assertThat(flags).containsAnyOf("-Xmx512m", "-XX:MaxRAMPercentage=50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx128m", "-XX:MaxRAMPercentage=25", "-XX:MaxHeapSize=100m"})
  void size_of_the_heap_works_alone(String size) throws Exception {
    List<String> flags = flags(size);

    assertThat(flags).contains(size);
    assertThat(flags)
        .noneMatch(flag -> flag.startsWith("-Xms") || flag.startsWith("-Xmn"))
        .doesNotContain("-Xmx512m");
    assertThat(started(flags)).as(flags.toString()).isZero();
  }

  /** What the script hands to the JVM, without the jar. */
  private List<String> flags(String options) throws Exception {
    ProcessBuilder script = new ProcessBuilder("/bin/sh", home.resolve("infermux").toString());
    script.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    script.environment().put("INFERMUX_JAVA_OPTS", options);
    Process process = script.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> flags = new ArrayList<>(Arrays.asList(said.split("\n")));
    return flags.subList(0, flags.indexOf("-jar"));
  }

  /** How a real JVM ends that is started with these. */
  private static int started(List<String> flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-version");
    File nowhere = new File("/dev/null");
    return new ProcessBuilder(command)
        .redirectOutput(nowhere)
        .redirectError(nowhere)
        .start()
        .waitFor();
  }
}
