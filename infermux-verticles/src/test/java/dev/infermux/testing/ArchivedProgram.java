package dev.infermux.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class path of the tests as jars with an archive of class data, as a package has them: a
 * process starts in half the time. Made by the first test of a build that starts one.
 */
public final class ArchivedProgram {

  private static final Path DIRECTORY = Path.of("target", "program").toAbsolutePath();
  private static final long SECONDS = 30;
  private static @Nullable List<String> made;

  private ArchivedProgram() {}

  /** What the JVM of a process needs to have it, the class path included. */
  public static synchronized List<String> flags() {
    List<String> flags = made;
    if (flags == null) {
      try {
        flags = shared();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      made = flags;
    }
    return flags;
  }

  /** Tests run in several JVMs at once: one of them makes it, and the others wait. */
  private static List<String> shared() throws IOException {
    Files.createDirectories(DIRECTORY);
    try (FileChannel file =
            FileChannel.open(
                DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      Path home = DIRECTORY.resolve(fingerprint());
      Path said = home.resolve("flags");
      if (!Files.exists(said)) {
        forgetOthers();
        Files.createDirectories(home);
        Files.write(said, make(home));
      }
      return Files.readAllLines(said);
    }
  }

  private static List<String> make(Path home) throws IOException {
    String classPath = PackedClassPath.in(home);
    Path archive = home.resolve("program.jsa");
    List<String> command = new ArrayList<>(Programs.java());
    command.addAll(
        List.of(
            "-XX:ArchiveClassesAtExit=" + archive,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-cp",
            classPath,
            "dev.infermux.cli.CdsTraining"));
    ProcessBuilder training =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("training.log").toFile());
    training.environment().keySet().removeIf(name -> name.startsWith("INFERMUX_"));
    boolean trained = ended(training.start()) && Files.exists(archive);
    // -Xlog:disable: as the start script has it, of a JVM that cannot use the archive.
    return trained
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-cp", classPath)
        : List.of("-cp", classPath);
  }

  /** A JVM without class-data sharing makes none, or a busy machine is slow: it goes without. */
  private static boolean ended(Process training) {
    try {
      return training.waitFor(SECONDS, TimeUnit.SECONDS) && training.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      training.destroyForcibly();
    }
  }

  /** Of the JVM and of all that its class path has at this moment. */
  private static String fingerprint() throws IOException {
    long hash = System.getProperty("java.home").hashCode();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      hash = 31 * hash + entry.hashCode();
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        try (Stream<Path> files = Files.walk(path)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            hash = 31 * hash + file.toString().hashCode();
            hash = 31 * hash + Files.size(file);
            hash = 31 * hash + Files.getLastModifiedTime(file).toMillis();
          }
        }
      }
    }
    return Long.toHexString(hash);
  }

  private static void forgetOthers() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      files
          .sorted(Comparator.reverseOrder())
          .filter(file -> !file.equals(DIRECTORY) && !file.endsWith("lock"))
          .forEach(file -> file.toFile().delete());
    }
  }
}
