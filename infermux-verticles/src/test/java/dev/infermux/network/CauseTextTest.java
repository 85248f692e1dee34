package dev.infermux.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class CauseTextTest {

  @Test
  void a_cause_without_a_message_is_named_by_its_kind() {
    assertThat(CauseText.of(new EOFException())).isEqualTo("EOFException");
    assertThat(CauseText.of(new IOException(" "))).isEqualTo("IOException");
    assertThat(CauseText.of(new IOException("Broken pipe"))).isEqualTo("Broken pipe");
  }

  @Test
  void a_file_that_fails_is_said_in_words_without_its_path() {
    assertThat(CauseText.of(new NoSuchFileException("/a/b")))
        .isEqualTo("no such file or directory");
    assertThat(CauseText.of(new AccessDeniedException("/a/b"))).isEqualTo("permission denied");
    assertThat(CauseText.of(new FileSystemException("/a/b", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(CauseText.of(new NotDirectoryException("/a/b"))).isEqualTo("NotDirectoryException");
  }
}
