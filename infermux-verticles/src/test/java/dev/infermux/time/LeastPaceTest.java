package dev.infermux.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeastPaceTest {

  @Test
  void any_pace_will_do_for_a_minute() {
    assertThat(LeastPace.missed(0, TimeUnit.SECONDS.toNanos(60))).isFalse();
  }

  @Test
  void the_minute_is_over_with_its_last_nanosecond() {
    assertThat(LeastPace.missed(0, TimeUnit.SECONDS.toNanos(60) + 1)).isTrue();
  }

  @Test
  void a_kilobyte_for_each_second_is_asked_for_then() {
    long nanos = TimeUnit.SECONDS.toNanos(100);

    assertThat(LeastPace.missed(99_999, nanos)).isTrue();
    assertThat(LeastPace.missed(100_000, nanos)).isFalse();
  }
}
