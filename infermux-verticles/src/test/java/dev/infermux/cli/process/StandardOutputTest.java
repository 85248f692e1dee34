package dev.infermux.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be printed: a full disk is a failure, a reader who has enough is none. */
@Timeout(30)
class StandardOutputTest {

  @TempDir private Path folder;

  @Test
  void a_full_disk_is_a_failure() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (FileOutputStream file = new FileOutputStream(full.toFile());
        PrintWriter out = CommandContext.writer(new StandardOutput(file.getFD()))) {
      out.print("lost");

      assertThat(out.checkError()).isTrue();
    }
  }

  @Test
  void a_reader_who_has_left_is_none() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(Files.isExecutable(Path.of("/usr/bin/mkfifo"))).isTrue();
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    FileOutputStream end;
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
      end = new FileOutputStream(pipe.toFile());
      assertThat(reader.getFD().valid()).isTrue();
    }
    try (end;
        PrintWriter out = CommandContext.writer(new StandardOutput(end.getFD()))) {
      out.print("enough");

      assertThat(out.checkError()).isFalse();
    }
  }
}
