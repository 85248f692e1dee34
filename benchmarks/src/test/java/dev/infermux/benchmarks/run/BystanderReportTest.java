package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.infermux.benchmarks.load.Summary;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BystanderReportTest {
  private static final String SCRAPER = "a scraper";

  private final Neighbours windows = new Neighbours(Bystander.NOBODY.name());

  @Test
  void window_is_set_against_the_geometric_mean_of_those_of_nobody_beside_it() {
    seen(1, Bystander.NOBODY.name(), 100);
    seen(1, SCRAPER, 220);
    seen(1, Bystander.NOBODY.name(), 400);

    assertThat(windows.percent(SCRAPER).median()).isCloseTo(10, within(1e-9));
  }

  @Test
  void difference_is_told_in_microseconds_as_well() {
    seen(1, Bystander.NOBODY.name(), 100);
    seen(1, SCRAPER, 220);
    seen(1, Bystander.NOBODY.name(), 400);

    assertThat(windows.micros(SCRAPER).median()).isCloseTo(20, within(1e-9));
  }

  @Test
  void windows_of_another_launch_are_not_beside_it() {
    seen(1, Bystander.NOBODY.name(), 100);
    seen(2, SCRAPER, 165);
    seen(2, Bystander.NOBODY.name(), 200);

    assertThat(windows.percent(SCRAPER).count()).isZero();
  }

  @Test
  void nobody_is_set_against_nobody() {
    seen(1, Bystander.NOBODY.name(), 100);
    seen(1, SCRAPER, 500);
    seen(1, Bystander.NOBODY.name(), 120);
    seen(1, SCRAPER, 500);
    seen(1, Bystander.NOBODY.name(), 100);

    WindowChanges noise = windows.percent(Bystander.NOBODY.name());
    assertThat(noise.count()).isEqualTo(1);
    assertThat(noise.median()).isCloseTo(20, within(1e-9));
  }

  @Test
  void window_that_was_left_out_is_replaced_by_the_next_of_nobody() {
    seen(1, Bystander.NOBODY.name(), 100);
    seen(1, SCRAPER, 220);
    seen(1, SCRAPER, 240);
    seen(1, Bystander.NOBODY.name(), 400);

    WindowChanges changes = windows.percent(SCRAPER);
    assertThat(changes.count()).isEqualTo(2);
    assertThat(changes.median()).isCloseTo(15, within(1e-9));
  }

  @Test
  void twenty_four_pairs_that_vary_by_eight_percent_decide_a_change_of_nothing() {
    for (int i = 0; i < 24; i++) {
      seen(1, Bystander.NOBODY.name(), 1_000);
      seen(1, SCRAPER, 1_000 * (1 + ((i * 7) % 24 - 11.5) / 11.5 * 0.08));
    }
    seen(1, Bystander.NOBODY.name(), 1_000);

    String table = new BystanderReport(windows).table(List.of(SCRAPER));

    assertThat(table).contains("| a scraper | 24 | 80 | 50 |").endsWith("| yes |\n");
  }

  @Test
  void ten_changes_bound_the_median_by_the_second_from_either_end() {
    WindowChanges changes = new WindowChanges(DoubleStream.of(9, 1, 2, 3, 4, 5, 6, 7, 8, 0));

    assertThat(changes.low()).isEqualTo(1);
    assertThat(changes.high()).isEqualTo(8);
    assertThat(changes.median()).isEqualTo(4.5);
  }

  @Test
  void five_changes_bound_nothing_and_decide_nothing() {
    WindowChanges changes = new WindowChanges(DoubleStream.of(1, 1, 1, 1, 1));

    assertThat(changes.low()).isNaN();
    assertThat(changes.verdict(5)).isEqualTo("not decided");
  }

  @Test
  void verdict_follows_where_both_bounds_are() {
    assertThat(spread(0, 1).verdict(5)).isEqualTo("yes");
    assertThat(spread(6, 1).verdict(5)).isEqualTo("no");
    assertThat(spread(0, 10).verdict(5)).isEqualTo("not decided");
  }

  private static WindowChanges spread(double from, double width) {
    return new WindowChanges(IntStream.range(0, 10).mapToDouble(i -> from + i * width / 10));
  }

  private void seen(int launch, String who, double p99) {
    Summary latency = new Summary(1, 50, 60, p99, p99, p99);
    windows.add(new Neighbours.Seen(launch, who, latency, 80, 0));
  }
}
