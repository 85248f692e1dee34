package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every page of Markdown, and for what the code says of the pages. */
class PagesTest {

  private static final Path ROOT = Path.of("..");
  private static final int LONGEST_LINE = 120;
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w./-]+\\.md\\b");

  private static final Set<String> NOT_OURS = Set.of("target", ".cache", ".git");

  @Test
  void lines_have_at_most_120_characters_outside_tables_and_code() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      boolean code = false;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        code ^= line.strip().startsWith("```");
        int length = line.codePointCount(0, line.length());
        if (!code && !line.startsWith("|") && length > LONGEST_LINE) {
          tooLong.add(page + ":" + (i + 1) + ": " + length + " characters");
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void links_between_pages_lead_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(page + ": " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void pages_that_the_code_names_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path file : files(".java")) {
      Matcher mention = MENTION.matcher(Files.readString(file));
      while (mention.find()) {
        if (!Files.exists(ROOT.resolve(mention.group()))) {
          missing.add(file + ": " + mention.group());
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = files(".md");
    assertThat(pages).hasSizeGreaterThan(20);
    return pages;
  }

  /** What is built or fetched is not looked into: it may come and go at this moment. */
  private static List<Path> files(String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(ending)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }
}
