package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVersionTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("file"), "one");
  }

  @Test
  void content_tells_versions_apart_and_nothing_else() throws IOException {
    String one = FileVersion.of(file);

    Files.writeString(file, "two");
    assertThat(FileVersion.of(file)).isNotEqualTo(one);
    Files.writeString(file, "one");
    assertThat(FileVersion.of(file)).isEqualTo(one).hasSize(16);
  }

  @Test
  void file_that_no_memory_holds_is_not_read() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40); // a hole, which takes no place
    }
    String before = FileVersion.of(file);

    assertThat(before).hasSize(16);
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 41);
    }
    assertThat(FileVersion.of(file)).isNotEqualTo(before);
  }

  @Test
  void what_is_not_there_has_no_version() {
    assertThat(FileVersion.of(folder.resolve("none"))).isEmpty();
    assertThat(FileVersion.of(file, folder.resolve("none"))).isEmpty();
  }
}
