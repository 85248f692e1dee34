package dev.infermux;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of every package. */
class PackagesTest {

  private static final int MOST_FILES = 15;

  @Test
  void no_package_holds_more_files_than_fit_on_a_page() throws IOException {
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

  private static Map<Path, List<Path>> packages() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .collect(groupingBy(Path::getParent));
    }
  }
}
