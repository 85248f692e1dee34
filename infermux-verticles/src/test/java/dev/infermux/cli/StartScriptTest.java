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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags with which the script starts the JVM, by a java that prints them. */
class StartScriptTest {

  private static final String OURS = "INFERMUX_JAVA_OPTS";
  private static final List<String> VARIABLES =
      List.of(OURS, "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

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
  void with_few_cpus_the_collector_is_serial_and_the_heap_ours_or_the_containers()
      throws Exception {
    List<String> flags = flags(OURS, "-XX:ActiveProcessorCount=2");

    assertThat(flags).filteredOn(StartScriptTest::chooses).containsExactly("-XX:+UseSerialGC");
    assertThat(flags).containsAnyOf("-Xmx512m", "-XX:MaxRAMPercentage=50");
    // Unless the container is so small that the JVM divides the heap.
    assertThat(flags.contains("-XX:SurvivorRatio=6")).isEqualTo(flags.contains("-Xmn160m"));
    assertThat(started(OURS, "", flags)).as(flags.toString()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 128", "16, 512", "64, 1024"})
  void with_many_cpus_it_has_threads_and_more_is_young(int cpus, int young) throws Exception {
    List<String> flags = flags(OURS, "-XX:ActiveProcessorCount=" + cpus);

    assertThat(flags).filteredOn(StartScriptTest::chooses).containsExactly("-XX:+UseParallelGC");
    // Where the machine or the container has little memory, no more is young than with few CPUs.
    assertThat(flags)
        .doesNotContain("-XX:+UseSerialGC")
        .filteredOn(flag -> flag.startsWith("-Xmn"))
        .isSubsetOf("-Xmn" + young + "m", "-Xmn128m");
  }

  @ParameterizedTest
  @CsvSource({
    "INFERMUX_JAVA_OPTS, -XX:+UseG1GC",
    "INFERMUX_JAVA_OPTS, -XX:-UseSerialGC",
    "INFERMUX_JAVA_OPTS, -Xss1m -XX:+UseParallelGC -XX:ActiveProcessorCount=8",
    "JDK_JAVA_OPTIONS, -XX:+UseG1GC -Dsome=thing",
    "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC"
  })
  void collector_of_the_user_is_the_only_one(String variable, String options) throws Exception {
    List<String> flags = flags(variable, options);

    assertThat(flags).filteredOn(StartScriptTest::chooses).isSubsetOf(options.split(" "));
    assertThat(started(variable, options, flags)).as(flags.toString()).isZero();
  }

  @Test
  void what_only_sounds_like_a_collector_leaves_ours() throws Exception {
    List<String> flags = flags(OURS, "-XX:+UseGCOverheadLimit -XX:ActiveProcessorCount=1");

    assertThat(flags).contains("-XX:+UseSerialGC", "-XX:+UseGCOverheadLimit");
    assertThat(started(OURS, "", flags)).as(flags.toString()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx128m", "-XX:MaxRAMPercentage=25", "-XX:MaxHeapSize=100m"})
  void size_of_the_heap_works_alone(String size) throws Exception {
    for (String variable : List.of(OURS, "JDK_JAVA_OPTIONS")) {
      List<String> flags = flags(variable, size);

      assertThat(flags.contains(size)).isEqualTo(variable.equals(OURS));
      assertThat(flags)
          .noneMatch(flag -> flag.startsWith("-Xms") || flag.startsWith("-Xmn"))
          .doesNotContain("-Xmx512m", "-XX:MaxRAMPercentage=50");
      assertThat(started(variable, size, flags)).as(flags.toString()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"17.0.1, false", "21, false", "25.0.1, true", "26-ea, true"})
  void from_jdk_25_on_heads_of_objects_are_short(String version, boolean shorter) throws Exception {
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");

    assertThat(flags(OURS, "").contains("-XX:+UseCompactObjectHeaders")).isEqualTo(shorter);
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, xx_YY.UTF-8, C.UTF-8", // as ssh brings it from another machine
    "LC_CTYPE, POSIX, C.UTF-8",
    "LC_ALL, C.UTF-8, C.UTF-8",
    "LANG, C.UTF-8, ''"
  })
  void locale_is_one_of_utf_8_that_is_installed(String variable, String value, String expected)
      throws Exception {
    executable(home.resolve("jdk/bin/java"), "#!/bin/sh\necho \"$LC_ALL\"\n");
    ProcessBuilder script = new ProcessBuilder("/bin/sh", home.resolve("infermux").toString());
    script.environment().keySet().removeAll(List.of("LC_ALL", "LC_CTYPE", "LANG"));
    script.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    script.environment().put(variable, value);
    Process process = script.start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo(expected);
  }

  @Test
  void a_checkout_that_cannot_be_written_is_said_with_what_to_do() throws Exception {
    Path modules = home.resolve("infermux-verticles");
    Files.delete(modules.resolve("target/infermux.jar"));
    Files.delete(modules.resolve("target"));
    Files.delete(modules);
    Files.createFile(modules); // root may write to any directory
    Process process =
        new ProcessBuilder("/bin/sh", home.resolve("infermux").toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("infermux: the jar is missing or older than its sources, and this user (")
        .contains("may not write to", "Have the owner of the checkout build it: ")
        .hasLineCount(1);
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private static boolean chooses(String flag) {
    return flag.matches("-XX:[+-]Use[A-Za-z0-9]*GC");
  }

  /** What the script hands to the JVM, without the jar, where one variable has such options. */
  private List<String> flags(String variable, String options) throws Exception {
    ProcessBuilder script = new ProcessBuilder("/bin/sh", home.resolve("infermux").toString());
    script.environment().keySet().removeAll(VARIABLES);
    script.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    script.environment().put(variable, options);
    Process process = script.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> flags = new ArrayList<>(Arrays.asList(said.split("\n")));
    return flags.subList(0, flags.indexOf("-jar"));
  }

  /** How a real JVM ends that is started with these, and finds the options in their variable. */
  private static int started(String variable, String options, List<String> flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-version");
    File nowhere = new File("/dev/null");
    ProcessBuilder java =
        new ProcessBuilder(command).redirectOutput(nowhere).redirectError(nowhere);
    java.environment().keySet().removeAll(VARIABLES);
    if (!variable.equals(OURS)) {
      java.environment().put(variable, options);
    }
    return java.start().waitFor();
  }
}
