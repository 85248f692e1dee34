package dev.infermux.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.infermux.inference.Chunks;
import dev.infermux.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkTimerTest {

  private final VirtualTime time = new VirtualTime();
  private final ChunkTimer timer = new ChunkTimer(time);

  @Test
  void each_piece_after_the_first_adds_its_interval() {
    tickAfter(Duration.ofMillis(700), 1, 3, 30, 31, 90_000);

    Chunks chunks = timer.chunks();

    assertThat(chunks.count()).isEqualTo(6);
    assertThat(chunks.nanos()).isEqualTo(Duration.ofMillis(90_065).toNanos());
    assertThat(intervals(chunks)).containsExactly(2.0, 2.0, 30.5, 30.5, 90_000.0);
  }

  @Test
  void intervals_stay_within_the_buckets_of_the_conventions() {
    tickAfter(Duration.ZERO, 10, 10, 11, 20, 21, 40, 81_920, 81_921);

    // Up to 10 ms, 20 ms, 40 ms; up to 81.92 s, and beyond.
    assertThat(intervals(timer.chunks()))
        .containsExactly(10.0, 10.0, 15.5, 15.5, 30.5, 30.5, 81_920.0, 81_921.0);
  }

  @Test
  void one_piece_has_no_interval() {
    tickAfter(Duration.ofMillis(5));

    assertThat(timer.chunks().count()).isEqualTo(1);
    assertThat(intervals(timer.chunks())).isEmpty();
    assertThat(intervals(Chunks.NONE)).isEmpty();
  }

  private void tickAfter(Duration first, long... millis) {
    time.pass(first);
    timer.tick();
    for (long each : millis) {
      time.pass(Duration.ofMillis(each));
      timer.tick();
    }
  }

  /** In milliseconds. */
  private static List<Double> intervals(Chunks chunks) {
    List<Double> all = new ArrayList<>();
    chunks.forEachInterval(
        (times, nanos) -> {
          for (long i = 0; i < times; i++) {
            all.add(nanos / 1e6);
          }
        });
    double sum = all.stream().mapToDouble(each -> each).sum();
    assertThat(sum * 1e6).isCloseTo(chunks.nanos(), within(1.0));
    return all;
  }
}
