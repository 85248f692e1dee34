package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodesFiguresTest {

  private final NodesFigures report = new NodesFigures();

  @Test
  void figures_of_a_round_are_set_against_each_other_and_not_their_medians() {
    report.beside("CPU", List.of(10.0, 20.0, 33.0), List.of(9.0, 18.0, 30.0), 1, "+ 1");

    assertThat(report.toString())
        .endsWith("| CPU | 20.0 | 18.0 | 2.0 (1.0 to 3.0) | 1.11 | + 1 |\n");
  }

  @Test
  void a_figure_of_its_own_has_its_range_where_it_was_taken_more_than_once() {
    report.found("formed", List.of(11.0, 9.0), 0, "12");
    report.found("killed", List.of(0.4), 1, "1");
    report.found("none", List.of(), 1, "");

    assertThat(report.toString())
        .contains("| formed | 10 (9 to 11) |  |  |  | 12 |\n", "| killed | 0.4 |", "| none | – |");
  }

  @Test
  void what_was_not_measured_stands_below_the_table() {
    report.note("No node was cut off.");

    assertThat(report.toString()).endsWith("\nNo node was cut off.\n");
  }
}
