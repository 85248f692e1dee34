package dev.infermux;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of every package. */
class PackagesTest {

  /** In percent of all top-level types. */
  private static final int LEAST_PACKAGE_PRIVATE = 40;

  private static final int MOST_MEDIAN_LINES = 60;
  private static final int MOST_LINES_OF_NINE_IN_TEN = 180;
  private static final Pattern PUBLIC =
      Pattern.compile(
          "(?m)^public (?:\\w+ |non-sealed )*(?:class|interface|record|enum|@interface) ");

  @Test
  void two_types_in_five_are_seen_by_their_package_alone() throws IOException {
    List<String> types = texts();
    long hidden = types.stream().filter(text -> !PUBLIC.matcher(text).find()).count();

    assertThat(hidden * 100 / types.size()).isGreaterThanOrEqualTo(LEAST_PACKAGE_PRIVATE);
  }

  @Test
  void files_are_short() throws IOException {
    List<Long> lines = texts().stream().map(text -> text.lines().count()).sorted().toList();

    assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(MOST_MEDIAN_LINES);
    assertThat(lines.get(lines.size() * 9 / 10)).isLessThanOrEqualTo(MOST_LINES_OF_NINE_IN_TEN);
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

  /** The router's types, a file each. */
  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (List<Path> files : packages().values()) {
      for (Path file : files) {
        if (!file.endsWith("package-info.java")) {
          texts.add(Files.readString(file));
        }
      }
    }
    return texts;
  }

  private static Stream<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module :
        List.of("mist-protocol", "tokentrace-reporter", "infermux-verticles", "infermux-cluster")) {
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
