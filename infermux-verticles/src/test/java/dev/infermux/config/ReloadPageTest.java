package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reload.md says of each section what the code does. */
class ReloadPageTest {

  private static final Path PAGE = Path.of("../docs/reload.md");

  @Test
  void the_table_of_the_page_is_that_of_the_code() throws IOException {
    String table =
        Arrays.stream(ConfigSection.values())
            .map(ReloadPageTest::row)
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE)).contains(table + "\n");
  }

  private static String row(ConfigSection section) {
    return "| `%s` | %s |"
        .formatted(
            section.key().replace(", ", "`, `"),
            section.replaceable() ? "at once" : "restart: " + section.whyRestart());
  }
}
