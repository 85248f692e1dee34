package dev.infermux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's JSON is spelt in one package. */
class DialectSourcesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/infermux");
  private static final Path HOME = SOURCES.resolve("dialect/openai");
  private static final Pattern COMMENTS =
      Pattern.compile("/\\*.*?\\*/|^\\s*//[^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"\"choices\"", "\\\"choices\\\"", "stream_options", "[DONE]"})
  void only_its_dialect_knows(String literal) throws IOException {
    assertThat(holding(literal)).allMatch(file -> file.startsWith(HOME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"delta\"", "\\\"delta\\\""})
  void only_dialects_know(String literal) throws IOException {
    assertThat(holding(literal)).allMatch(file -> file.startsWith(HOME.getParent()));
  }

  @Test
  void the_dialect_does_know_them() throws IOException {
    assertThat(holding("\"choices\"")).isNotEmpty();
    assertThat(holding("\\\"delta\\\"")).isNotEmpty();
    assertThat(holding("stream_options")).isNotEmpty();
    assertThat(holding("[DONE]")).isNotEmpty();
  }

  private static List<Path> holding(String literal) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> code(file).contains(literal))
          .toList();
    }
  }

  private static String code(Path file) {
    try {
      return COMMENTS.matcher(Files.readString(file, UTF_8)).replaceAll("");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
