package dev.infermux.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersFileTest {

  @TempDir private Path folder;

  @Test
  void file_is_replaced_as_a_whole_and_nothing_else_is_left() throws IOException {
    Path file = folder.resolve("keys.json");
    OwnersFile.write(file, "one".getBytes(UTF_8));
    OwnersFile.write(file, "two".getBytes(UTF_8));

    assertThat(file).hasContent("two");
    assertThat(folder)
        .isDirectoryContaining(file::equals)
        .isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
  }

  @Test
  void one_that_fails_leaves_nothing_behind() throws IOException {
    Path file = Files.createDirectories(folder.resolve("keys.json"));
    Files.createFile(file.resolve("in the way"));

    assertThatThrownBy(() -> OwnersFile.write(file, "one".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
  }
}
