package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettlingTest {

  @Test
  void figure_that_still_falls_has_not_settled() {
    var settling = new Settling(1);

    for (double value = 100; value > 20; value *= 0.95) {
      assertThat(settling.add(value)).isFalse();
    }
  }

  @Test
  void three_values_without_progress_settle_it() {
    var settling = new Settling(1);

    assertThat(settling.add(100)).isFalse();
    assertThat(settling.add(50)).isFalse();
    assertThat(settling.add(49)).isFalse();
    assertThat(settling.add(55)).isFalse();
    assertThat(settling.add(50)).isTrue();
  }

  @Test
  void it_never_settles_before_the_least_number_of_values() {
    var settling = new Settling(5);

    for (int i = 0; i < 4; i++) {
      assertThat(settling.add(10)).isFalse();
    }
    assertThat(settling.add(10)).isTrue();
  }
}
