package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RollingMinuteTest {

  private final RollingMinute minute = new RollingMinute();
  private long now = 1;

  @Test
  void what_is_a_minute_old_no_longer_counts() {
    minute.add(now);
    minute.add(now);
    pass(59);
    minute.add(now);
    assertThat(minute.count(now)).isEqualTo(3);

    pass(1);
    assertThat(minute.count(now)).isEqualTo(1);

    pass(60);
    assertThat(minute.count(now)).isZero();
  }

  @Test
  void a_long_silence_leaves_nothing_behind() {
    minute.add(now);
    pass(64);
    assertThat(minute.count(now)).isZero();

    minute.add(now);
    assertThat(minute.count(now)).isEqualTo(1);
  }

  @Test
  void it_agrees_with_a_list_of_seconds_whatever_comes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Deque<Long> seconds = new ArrayDeque<>();
    for (int step = 0; step < 20_000; step++) {
      int pause = random.nextInt(20) == 0 ? random.nextInt(130) : random.nextInt(3);
      pass(pause);
      if (random.nextBoolean()) {
        minute.add(now);
        seconds.add(now);
      }
      while (!seconds.isEmpty() && seconds.getFirst() <= now - 60) {
        seconds.removeFirst();
      }
      assertThat(minute.count(now)).as("seed %d, step %d", seed, step).isEqualTo(seconds.size());
    }
  }

  @Test
  void no_count_is_lost_between_threads() throws Exception {
    int threads = 4;
    int each = 20_000;
    CountDownLatch done = new CountDownLatch(threads);

    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int j = 0; j < each; j++) {
                  minute.add(now);
                }
                done.countDown();
              })
          .start();
    }
    done.await();

    assertThat(minute.count(now)).isEqualTo((long) threads * each);
  }

  private void pass(long seconds) {
    now += seconds;
  }
}
