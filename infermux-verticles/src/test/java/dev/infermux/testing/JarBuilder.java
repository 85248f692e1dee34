package dev.infermux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.events.EventAddresses;
import dev.infermux.mist.Envelope;
import io.vertx.core.VerticleBase;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a source file as its author would, into a jar of its own. */
public final class JarBuilder {

  private JarBuilder() {}

  /**
   * Makes the jar.
   *
   * @param source of one public class
   * @param jar is written
   */
  public static Path build(String name, String source, Path jar) throws IOException {
    Path work = Files.createTempDirectory(jar.getParent(), "compile");
    Path file = Files.writeString(work.resolve(name + ".java"), source);
    Path classes = Files.createDirectory(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!compiled) {
        throw new AssertionError(said.toString());
      }
    }
    pack(classes, jar);
    return jar;
  }

  /** The jars of what an exporter uses, however the tests were started. */
  private static String classPath() {
    return Stream.of(VerticleBase.class, Envelope.class, EventAddresses.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        packed.putNextEntry(new JarEntry(classes.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, packed);
      }
    }
  }
}
