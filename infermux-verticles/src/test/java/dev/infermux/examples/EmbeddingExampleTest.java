package dev.infermux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.mist.MistIds;
import dev.infermux.tokentrace.TokenTraceReporter;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example project of docs/embedding.md: it compiles, and pages show what is in it. */
class EmbeddingExampleTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path SOURCES = DOCS.resolve("examples/embedding/src");

  @Test
  void its_sources_compile_against_this_build(@TempDir Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString(), "-cp", classPath()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();

      assertThat(compiled).as(said.toString()).isTrue();
    }
    assertThat(classes.resolve("example/EmbeddingTest.class")).exists();
  }

  @Test
  void pages_show_its_shortest_program_as_it_is() throws IOException {
    String program = Files.readString(SOURCES.resolve("main/java/example/EmbedIt.java"));
    String shown =
        program.substring(
            program.indexOf("// embed it\n") + "// embed it\n".length(), program.indexOf("// end"));

    for (Path page : List.of(DOCS.resolve("embedding.md"), DOCS.resolveSibling("README.md"))) {
      assertThat(page)
          .content()
          .contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```");
    }
    assertThat(shown.lines()).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void langchain4j_on_top_takes_at_most_60_lines() throws IOException {
    Path model = SOURCES.resolve("main/java/example/InferMuxChatModel.java");

    assertThat(Files.readAllLines(model)).hasSizeLessThanOrEqualTo(60);
  }

  /** Where the classes are that the example names, and those that they name. */
  private static String classPath() {
    return Stream.of(
            InferMux.class,
            MistIds.class,
            TokenTraceReporter.class,
            Vertx.class,
            Router.class,
            OpenTelemetry.class,
            Nullable.class,
            Test.class,
            API.class)
        .map(type -> Path.of(URI.create(location(type))).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /** Without what needs LangChain4j, which is not on this class path. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("ChatModel"))
          .toList();
    }
  }
}
