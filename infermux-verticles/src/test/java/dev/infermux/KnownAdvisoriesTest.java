package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.MavenVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No library on the class path has a version for which an advisory is listed. The list is made by
 * {@code .ci/advisories}; here no network is needed.
 */
class KnownAdvisoriesTest {

  private static final Path LIST = Path.of("src/test/resources/advisories.txt");

  private static final Pattern JAR =
      Pattern.compile("repository/(.+)/([^/]+)/([^/]+)/\\2-\\3[^/]*\\.jar!/");

  private static final Map<String, String> LIBRARIES = libraries();

  /** One line of the list: a range of versions. */
  private record Advisory(String library, String introduced, String end, String name) {

    static Advisory of(String line) {
      String[] words = line.split(" ");
      return new Advisory(words[0], words[1], words[2], words[3]);
    }

    boolean covers(String version) {
      MavenVersion found = new MavenVersion(version);
      return found.compareTo(new MavenVersion(introduced)) >= 0 && !free(found);
    }

    private boolean free(MavenVersion found) {
      if (end.startsWith("<=")) {
        return found.compareTo(new MavenVersion(end.substring(2))) > 0;
      }
      return !end.equals("-") && found.compareTo(new MavenVersion(end)) >= 0;
    }
  }

  @Test
  void no_library_has_a_known_fault() throws IOException {
    assertThat(faults(KnownAdvisoriesTest::onTheClassPath)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.netty:netty-codec-http, 4.2.7.Final, CVE-2025-67735, true",
    "io.netty:netty-codec-http, 4.2.7.Final, CVE-2025-58056, false",
    "io.netty:netty-codec-http, 4.1.120.Final, CVE-2025-58056, true",
    "org.yaml:snakeyaml, 1.33, CVE-2022-1471, true",
    "org.yaml:snakeyaml, 2.0, CVE-2022-1471, false",
    "com.google.protobuf:protobuf-java, 4.28.1, CVE-2024-7254, true"
  })
  void library_of_a_version_with_a_known_fault_is_found(
      String library, String version, String name, boolean found) throws IOException {
    List<String> faults =
        faults(any -> any.equals(library) ? version : KnownAdvisoriesTest.onTheClassPath(any));

    assertThat(faults.contains(library + ' ' + version + ": " + name)).isEqualTo(found);
  }

  @Test
  void list_says_when_and_of_what_it_was_made() throws IOException {
    assertThat(Files.readAllLines(LIST))
        .anyMatch(line -> line.matches("# Made on \\d{4}-\\d\\d-\\d\\d of \\d+ records.*"));
    assertThat(listed()).isNotEmpty();
    assertThat(LIBRARIES).hasSizeGreaterThan(50);
  }

  private static List<String> faults(UnaryOperator<String> versions) throws IOException {
    return listed().stream()
        .filter(line -> line.covers(versions.apply(line.library())))
        .map(line -> line.library() + ' ' + versions.apply(line.library()) + ": " + line.name())
        .toList();
  }

  private static List<Advisory> listed() throws IOException {
    return Files.readAllLines(LIST).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Advisory::of)
        .toList();
  }

  private static String onTheClassPath(String library) {
    String version = LIBRARIES.get(library);
    assertThat(version).as("%s on the class path: else it leaves the list", library).isNotNull();
    return version;
  }

  /** The version of each library, by group and artifact: each lies in a Maven repository. */
  private static Map<String, String> libraries() {
    Map<String, String> versions = new TreeMap<>();
    ClassLoader loader = KnownAdvisoriesTest.class.getClassLoader();
    loader
        .resources("META-INF/MANIFEST.MF")
        .map(url -> JAR.matcher(url.getPath()))
        .filter(Matcher::find)
        .forEach(
            jar -> versions.put(jar.group(1).replace('/', '.') + ':' + jar.group(2), jar.group(3)));
    return versions;
  }
}
