package dev.infermux;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of every package. */
class PackagesTest {

  private static final int MOST_FILES = 34;

  @Test
  void no_package_holds_more_files_than_one_idea_needs() throws IOException {
    assertThat(packages())
        .isNotEmpty()
        .allSatisfy((folder, files) -> assertThat(files).hasSizeLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void every_package_says_what_it_is_for_and_takes_no_null() throws IOException {
    for (Path folder : packages().keySet()) {
      assertThat(folder.resolve("package-info.java"))
          .content()
          .startsWith("/**")
          .contains("@NullMarked");
    }
  }

  @Test
  void no_two_types_share_a_simple_name() throws IOException {
    Map<String, List<Path>> byName =
        sources().collect(groupingBy(file -> file.getFileName().toString()));

    byName.remove("package-info.java");
    assertThat(byName).isNotEmpty().allSatisfy((name, files) -> assertThat(files).hasSize(1));
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : List.of("mist-protocol", "tokentrace-reporter", "infermux-verticles")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all.stream();
  }

  private static Map<Path, List<Path>> packages() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .collect(groupingBy(Path::getParent));
    }
  }
}
