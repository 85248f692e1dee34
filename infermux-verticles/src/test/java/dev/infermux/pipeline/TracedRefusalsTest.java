package dev.infermux.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracedRefusalsTest {

  private static final long WINDOW = TracedRefusals.WINDOW.toNanos();

  @Test
  void a_flood_is_traced_in_part_and_again_in_the_next_window() {
    TracedRefusals refusals = new TracedRefusals();

    assertThat(passed(refusals, 5)).isEqualTo(TracedRefusals.MOST);
    assertThat(passed(refusals, 5 + WINDOW - 1)).isZero();
    assertThat(passed(refusals, 5 + WINDOW)).isEqualTo(TracedRefusals.MOST);
  }

  @Test
  void a_clock_may_begin_below_zero() {
    TracedRefusals refusals = new TracedRefusals();

    assertThat(refusals.pass(Long.MIN_VALUE + 1)).isTrue();
    assertThat(refusals.pass(Long.MIN_VALUE + 2)).isTrue();
  }

  private static long passed(TracedRefusals refusals, long nanos) {
    long passed = 0;
    for (int i = 0; i < 1_000; i++) {
      passed += refusals.pass(nanos) ? 1 : 0;
    }
    return passed;
  }
}
