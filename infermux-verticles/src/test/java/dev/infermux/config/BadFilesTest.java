package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFilesTest extends Reading {
  private static final ReadOptions OPTIONS = ReadOptions.of(Map.of());

  @Test
  void a_file_that_is_not_there_is_said_to_be_missing() throws Exception {
    Path file = directory.resolve("absent.yml");

    assertThat(read(file, OPTIONS)).isEqualTo(new ConfigResult.NotFound(file + ": not found"));
  }

  @Test
  void a_name_on_the_class_path_is_no_file() throws Exception {
    ConfigResult result = read(Path.of("config/minimal.yml"), OPTIONS);

    assertThat(result).isInstanceOf(ConfigResult.NotFound.class);
  }

  @Test
  void a_directory_is_no_file() throws Exception {
    assertThat(read(directory, OPTIONS))
        .isEqualTo(
            new ConfigResult.NotFound(directory + ": is a directory (expected: a YAML file)"));
  }

  @Test
  void a_file_that_cannot_be_read_says_so() throws Exception {
    Path file = Files.writeString(directory.resolve("locked.yml"), "listen: ':1'");
    file.toFile().setReadable(false);
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();

    assertThat(read(file, OPTIONS))
        .isEqualTo(new ConfigResult.NotFound(file + ": cannot be read (permission denied)"));
  }

  @Test
  void an_exporter_that_its_class_path_lacks_is_a_problem() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String yaml =
        "providers: [{ name: e, type: echo }]\n"
            + "exporters: [{ class: example.Missing, classpath: [%s] }]".formatted(classes);

    assertThat(problems(read(yaml)))
        .containsExactly(
            "exporters[0].class: \"example.Missing\" (expected: a class in " + classes + ")");
    Files.createDirectories(classes.resolve("example"));
    Files.write(classes.resolve("example/Missing.class"), new byte[] {1}); // nobody loads it
    loaded(read(yaml));
  }

  @Test
  void a_file_that_fails_while_it_is_read_says_so() throws Exception {
    Path file = Path.of("/proc/self/mem");
    assumeThat(file).as("Linux only").exists();

    assertThat(read(file, OPTIONS))
        .isInstanceOfSatisfying(
            ConfigResult.NotFound.class,
            result -> assertThat(result.reason()).startsWith(file + ": cannot be read ("));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "PNG\\u0000\\u0001 # line 1, column 4: control character U+0000 (expected: text)",
        "a: 1\\nb: x\\u0001 # line 2, column 5: control character U+0001 (expected: text)",
        "a: 1\\n\\tb: 2 # line 2, column 1: a tab (expected: spaces)",
        "a: 1\\na: 2 # line 2, column 1: the key \"a\" a second time (first at line 1)",
        "a: {b: 1, b: 2} # line 1, column 11: the key \"b\" a second time (first at line 1)",
        "? [a, b]\\n: 1 # line 1, column 3: a key that is no text (expected: a name)",
        "~: 1 # line 1, column 1: a key that is no text (expected: a name)",
        "a: 1\\n---\\nb: 2 # line 2, column 1: a second document (expected: one)",
        "- a\\n- b # line 1, column 1: no mapping (expected: keys such as listen:)",
        "just text # line 1, column 1: no mapping (expected: keys such as listen:)",
        "a: *b # line 1, column 4: an alias (*) without its anchor (&)",
        "a: &x [*x] # line 1, column 4: an anchor that contains itself",
        "a: !!int 3 # line 1, column 4: a tag or directive (expected: plain YAML)",
        "%YAML 1.1\\n---\\na: 1 # line 1, column 1: a tag or directive (expected: plain YAML)",
        "a: [1, 2 # line 1, column 9: expected ',' or ']', but got <stream end>",
        "a: 'b # line 1, column 6: found unexpected end of stream",
      })
  void what_is_not_yaml_is_refused_with_line_and_column(String content, String reason)
      throws Exception {
    String text = unescaped(content);
    ConfigResult result = read(text);

    assertThat(malformed(result)).isEqualTo(directory.resolve("infermux.yml") + ": " + reason);
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused_with_their_line() throws Exception {
    Path file = directory.resolve("latin.yml");
    Files.write(file, "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(malformed(read(file, OPTIONS)))
        .isEqualTo(file + ": line 2: bytes that are no UTF-8 (expected: UTF-8)");
  }

  @Test
  void a_file_that_is_too_large_is_not_read_to_its_end() throws Exception {
    Path file = directory.resolve("huge.yml");
    Files.write(file, "# comment\n".repeat(200_000).getBytes(StandardCharsets.UTF_8));

    assertThat(malformed(read(file, OPTIONS)))
        .isEqualTo(file + ": is too large (expected: at most 1048576 bytes)");
  }

  @ParameterizedTest
  @CsvSource({"3, 60", "7, 7", "16, 3"})
  void aliases_that_multiply_are_refused(int levels, int width) throws Exception {
    StringBuilder bomb = new StringBuilder("l0: &l0 [a, b, c, d]\n");
    for (int level = 1; level <= levels; level++) {
      String aliases = ("*l" + (level - 1) + ", ").repeat(width);
      bomb.append("l%1$d: &l%1$d [%2$s]%n".formatted(level, aliases));
    }

    assertThat(malformed(read(bomb.toString()))).containsAnyOf("aliases");
  }

  @Test
  void too_deep_a_nesting_is_refused() throws Exception {
    assertThat(malformed(read("a: " + "[".repeat(5000) + "]".repeat(5000)))).contains("50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "'# nothing but a comment'", "'---'", "'~'", "'{}'"})
  void an_empty_file_lacks_its_providers(String content) throws Exception {
    assertThat(problems(read(content)))
        .containsExactly("providers: missing (expected: at least one provider)");
  }

  @Test
  void a_byte_order_mark_and_windows_line_ends_are_no_trouble() throws Exception {
    String yaml = "\uFEFFlisten: ':1'\r\nproviders:\r\n  - name: e\r\n    type: echo\r\n";

    assertThat(loaded(read(yaml)).config().http().listen().port()).isEqualTo(1);
  }

  @Test
  void anchors_and_merges_within_bounds_work() throws Exception {
    String yaml =
        """
        providers:
          - &base { name: a, type: echo, timeout: 5s }
          - { <<: *base, name: b }
        """;

    var providers = loaded(read(yaml)).config().providers();
    assertThat(providers.get(1).options().name()).isEqualTo("b");
    assertThat(providers.get(1).options().timeout()).hasSeconds(5);
  }

  private static String unescaped(String content) {
    return content
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\u0000", "\0")
        .replace("\\u0001", "\1");
  }
}
