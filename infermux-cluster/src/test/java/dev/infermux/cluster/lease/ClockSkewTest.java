package dev.infermux.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cluster.lease.LeaseStore.Greeting;
import org.junit.jupiter.api.Test;

class ClockSkewTest {

  @Test
  void clocks_that_may_agree_do_so_however_long_an_answer_takes() {
    assertThat(Greeting.skewMillis(1_000, 1_000, 1_000)).isZero();
    assertThat(Greeting.skewMillis(1_000, 1_000, 91_000)).isZero();
    assertThat(Greeting.skewMillis(1_000, 91_000, 91_000)).isZero();
  }

  @Test
  void clock_that_is_wrong_is_off_by_no_less_than_this() {
    assertThat(Greeting.skewMillis(50_000, 1_000, 50_010)).isEqualTo(49_000);
    assertThat(Greeting.skewMillis(1_000, 50_000, 1_010)).isEqualTo(-48_990);
  }
}
