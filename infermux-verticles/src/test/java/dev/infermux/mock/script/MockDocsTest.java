package dev.infermux.mock.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MockDocsTest {

  private static final Path PAGE = Path.of("..", "docs", "mock.md");

  @Test
  void the_page_has_all_words() throws Exception {
    String table =
        Arrays.stream(MockWord.values())
            .map(word -> "| `" + word.synopsis() + "` | " + word.meaning() + " |\n")
            .collect(Collectors.joining());

    assertThat(Files.readString(PAGE)).contains("| word | meaning |\n|---|---|\n" + table);
  }

  @Test
  void the_plans_on_the_page_are_plans() throws Exception {
    Matcher plan =
        Pattern.compile("^\\| `([^`]+)` \\| .* \\|$", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE).split("\\| plan \\| gives \\|")[1].split("\n\n")[0]);
    int found = 0;
    while (plan.find()) {
      assertThat(MockPlan.parse(plan.group(1))).isNotNull();
      found++;
    }

    assertThat(found).isPositive();
  }
}
