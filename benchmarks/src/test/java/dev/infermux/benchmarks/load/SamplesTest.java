package dev.infermux.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void percentiles_are_nearest_ranks_in_microseconds() {
    List<Integer> shuffled = IntStream.rangeClosed(1, 10_000).boxed().collect(Collectors.toList());
    Collections.shuffle(shuffled);
    var samples = new Samples();

    shuffled.forEach(it -> samples.add(it * 1000L));

    assertThat(samples.summary())
        .isEqualTo(new Summary(10_000, 5_000, 9_000, 9_900, 9_990, 10_000));
  }

  @Test
  void one_value_is_every_percentile() {
    var samples = new Samples();

    samples.add(1_500);

    assertThat(samples.summary()).isEqualTo(new Summary(1, 1.5, 1.5, 1.5, 1.5, 1.5));
  }

  @Test
  void nothing_measured_is_not_a_number() {
    assertThat(new Samples().summary().p99()).isNaN();
  }
}
