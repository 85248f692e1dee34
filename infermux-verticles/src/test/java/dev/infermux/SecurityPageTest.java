package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/security.md names as proof are there. */
class SecurityPageTest {

  private static final Path PAGE = Path.of("..", "docs", "security.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");

  @Test
  void every_test_that_is_named_exists() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = NAME.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }

    assertThat(named).hasSizeGreaterThan(15);
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      assertThat(
              sources
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .collect(Collectors.toSet()))
          .containsAll(named);
    }
  }
}
