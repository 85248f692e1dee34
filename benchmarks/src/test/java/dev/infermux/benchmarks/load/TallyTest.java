package dev.infermux.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void only_answers_within_the_measured_part_count_as_requests() {
    tally.answered(0, 90);
    tally.begin(100);
    tally.answered(50, 150);
    tally.answered(120, 180);
    tally.end(1_000_000_100);
    tally.answered(190, 1_000_000_200);

    LoadResult result = tally.result(0, 0);

    assertThat(result.requests()).isEqualTo(2);
    assertThat(result.seconds()).isEqualTo(1);
  }

  @Test
  void latency_is_of_what_was_sent_in_the_measured_part_even_when_it_ends_later() {
    tally.begin(100);
    tally.answered(50, 150);
    tally.end(1_000);
    tally.answered(900, 5_900);

    Summary latency = tally.result(0, 0).latency();

    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.max()).isEqualTo(5);
  }

  @Test
  void failures_are_counted_by_kind_also_outside_the_measured_part() {
    tally.badStatus(429);
    tally.badStatus(503);
    tally.shortStream();
    tally.broken();

    LoadResult.Errors errors = tally.result(0, 7).errors();

    assertThat(errors).isEqualTo(new LoadResult.Errors(2, 503, 1, 1, 7));
    assertThat(errors.total()).isEqualTo(11);
  }
}
