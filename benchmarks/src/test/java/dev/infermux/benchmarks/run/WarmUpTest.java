package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void full_speed_is_reached_at_the_first_window_near_the_fastest() {
    var warmUp = new WarmUp(0);

    warmUp.add(2_000_000_000L, 1_000);
    warmUp.add(4_000_000_000L, 8_900);
    warmUp.add(6_000_000_000L, 9_100);
    warmUp.add(8_000_000_000L, 10_000);

    assertThat(warmUp.fullSpeedSeconds()).isEqualTo(6);
    assertThat(warmUp.windows()).isEqualTo(4);
  }

  @Test
  void target_that_was_not_loaded_has_no_speed() {
    assertThat(new WarmUp(0).fullSpeedSeconds()).isNaN();
  }
}
