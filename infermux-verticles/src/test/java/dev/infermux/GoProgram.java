package dev.infermux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds a program in Go; skips a test where Go or the program's modules are not to be had. */
final class GoProgram {

  private static final long SECONDS = 90;

  private GoProgram() {}

  static Path built(Path source, Path directory) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "go"))),
        "needs Go on the PATH");
    Path log = directory.resolve("go.log");
    Path program = directory.resolve("program").toAbsolutePath();
    Process go =
        new ProcessBuilder("go", "build", "-trimpath", "-o", program.toString(), ".")
            .directory(source.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!go.waitFor(SECONDS, TimeUnit.SECONDS)) {
      go.destroyForcibly().waitFor();
    }
    assumeTrue(
        go.exitValue() == 0,
        "needs the modules of " + source + ": " + Files.readString(log, StandardCharsets.UTF_8));
    return program;
  }
}
