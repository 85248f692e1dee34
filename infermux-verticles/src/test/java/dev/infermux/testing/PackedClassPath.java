package dev.infermux.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of the tests with its directories as jars, as a program has it: a class of a jar
 * that is open can be loaded without a file descriptor.
 */
public final class PackedClassPath {

  private PackedClassPath() {}

  /** The same class path, whose jars are put into a directory. */
  public static String in(Path directory) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .map(entry -> Files.isDirectory(entry) ? packed(entry, directory) : entry)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path packed(Path classes, Path directory) {
    try {
      Path jar = Files.createTempFile(directory, "classes", ".jar");
      try (OutputStream file = Files.newOutputStream(jar);
          ZipOutputStream zip = new ZipOutputStream(file);
          Stream<Path> all = Files.walk(classes)) {
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (Path one : all.filter(Files::isRegularFile).toList()) {
          zip.putNextEntry(new ZipEntry(classes.relativize(one).toString().replace('\\', '/')));
          Files.copy(one, zip);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
