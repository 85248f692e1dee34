package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No library on the class path has a version for which an advisory is listed. */
class KnownAdvisoriesTest {

  private static final Path LIST = Path.of("src/test/resources/advisories.txt");

  /** One line of the list. */
  private record Advisory(String group, String artifact, String fixed, String name) {
    static Advisory of(String line) {
      String[] words = line.split(" ");
      return new Advisory(words[0], words[1], words[2], words[3]);
    }
  }

  static Stream<Advisory> listed() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Advisory::of);
  }

  @ParameterizedTest
  @MethodSource("listed")
  void library_is_newer(Advisory advisory) throws IOException {
    String version = version(advisory);

    assertThat(before(version, advisory.fixed()))
        .as("%s %s: %s", advisory.artifact(), version, advisory.name())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.7.Final, 4.2.8, true",
    "4.2.18.Final, 4.2.8, false",
    "4.2.8.Final, 4.2.8, false",
    "1.5.9, 1.5.13, true",
    "2.0, 2.0, false",
    "33.6.0-android, 32.0.0, false",
    "1.33, 2.0, true"
  })
  void versions_are_compared_as_numbers(String found, String fixed, boolean before) {
    assertThat(before(found, fixed)).isEqualTo(before);
  }

  @Test
  void list_is_not_empty() throws IOException {
    assertThat(listed()).isNotEmpty();
  }

  /** What the jar says of itself; a library that is gone has to leave the list, too. */
  private static String version(Advisory advisory) throws IOException {
    String name =
        "META-INF/maven/" + advisory.group() + '/' + advisory.artifact() + "/pom.properties";
    try (InputStream file = KnownAdvisoriesTest.class.getClassLoader().getResourceAsStream(name)) {
      assertThat(file).as("%s on the class path", name).isNotNull();
      Properties said = new Properties();
      said.load(file);
      return said.getProperty("version");
    }
  }

  private static boolean before(String found, String fixed) {
    List<Integer> one = numbers(found);
    List<Integer> other = numbers(fixed);
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int left = i < one.size() ? one.get(i) : 0;
      int right = i < other.size() ? other.get(i) : 0;
      if (left != right) {
        return left < right;
      }
    }
    return false;
  }

  private static List<Integer> numbers(String version) {
    return Arrays.stream(version.split("[.-]"))
        .takeWhile(part -> part.matches("\\d+"))
        .map(Integer::valueOf)
        .toList();
  }
}
