package dev.infermux.benchmarks.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {
  private static final String FIRST =
      "[6.1s] GC(3) Pause Young (Allocation Failure) 103M->12M(192M) 11.250ms\n";
  private static final String REST =
      """
      [7.9s] GC(4) Concurrent Mark 53.101ms
      [8.2s] GC(5) Pause Full (Allocation Failure) 180M->60M(192M) 316.004ms
      """;

  @Test
  void only_what_stops_everything_is_a_pause() {
    assertThat(GcLog.pauses(FIRST + REST)).containsExactly(11.25, 316.004);
  }

  @Test
  void pauses_are_those_between_two_positions(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("gc.log");
    var log = new GcLog(file);
    assertThat(log.position()).isZero();
    Files.writeString(file, FIRST);
    long from = log.position();
    Files.writeString(file, FIRST + REST);

    assertThat(log.pauses(from, log.position())).containsExactly(316.004);
  }
}
