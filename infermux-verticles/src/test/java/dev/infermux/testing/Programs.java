package dev.infermux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of this machine that tests run. */
public final class Programs {

  private static final int FIRST_TO_WARN = 24;

  private Programs() {}

  /**
   * The Java of this test with the flags that the program's jar has in its manifest: what is
   * started off a class path needs them on the command line, or newer JDKs warn of native code.
   */
  public static List<String> java() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Runtime.version().feature() < FIRST_TO_WARN
        ? List.of(java)
        : List.of(java, "--enable-native-access=ALL-UNNAMED");
  }

  /** Runs a command that has to succeed, and returns what it writes. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  /** Skips the test on a machine without this program. */
  public static void require(String name) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, name))),
        "needs " + name + " on the PATH");
  }
}
