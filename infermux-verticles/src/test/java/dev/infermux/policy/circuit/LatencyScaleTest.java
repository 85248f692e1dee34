package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyScaleTest {

  @Test
  void the_middle_of_a_bucket_is_within_3_4_percent_of_what_falls_into_it() {
    for (long millis = 1; millis < 131_072; millis++) {
      double middle = LatencyScale.millis(LatencyScale.bucket(millis * 1_000_000));

      assertThat(Math.abs(middle - millis) / millis).as("%d ms", millis).isLessThan(0.034);
    }
  }

  @Test
  void longer_is_never_in_a_lower_bucket_and_all_buckets_are_used() {
    int before = 0;
    for (long millis = 0; millis < 131_072; millis++) {
      int bucket = LatencyScale.bucket(millis * 1_000_000);

      assertThat(bucket).isBetween(before, before + 1);
      before = bucket;
    }
    assertThat(before).isEqualTo(LatencyScale.BUCKETS - 1);
  }

  @Test
  void what_is_beyond_the_scale_counts_as_its_end() {
    assertThat(LatencyScale.bucket(Long.MAX_VALUE)).isEqualTo(LatencyScale.BUCKETS - 1);
    assertThat(LatencyScale.bucket(-1)).isZero();
  }
}
