package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.benchmarks.load.LoadResult;
import dev.infermux.benchmarks.load.Summary;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final Figures figures =
      new Figures(
          List.of(
              window("direct", 1, 100, 0),
              window("direct", 2, 200, 0),
              window("nginx", 1, 130, 20_000),
              window("nginx", 2, 250, 40_000),
              window("infermux", 1, 190, 60_000),
              window("infermux", 2, 270, 90_000)));

  @Test
  void added_latency_is_taken_within_each_round() {
    assertThat(figures.added("p", "nginx", it -> it.load().latency().p50())).isEqualTo(40);
    assertThat(figures.added("p", "infermux", it -> it.load().latency().p50())).isEqualTo(80);
  }

  @Test
  void ratio_is_that_of_the_medians() {
    assertThat(figures.overNginx("p", "infermux", Window::cpuPerRequest)).isEqualTo(2.5);
  }

  @Test
  void phase_that_did_not_run_has_no_figure() {
    assertThat(figures.median("other", "infermux", Window::cpuPerRequest)).isNaN();
    assertThat(figures.added("other", "infermux", Window::cpuPerRequest)).isNaN();
  }

  @Test
  void median_of_an_even_number_is_between_the_middle_two() {
    assertThat(Figures.median(DoubleStream.of(9, 1, 4, 2))).isEqualTo(3);
  }

  @Test
  void report_has_a_row_for_each_target_and_a_dash_for_what_was_not_measured() {
    var results =
        new Results(
            "now",
            "benchmarks/load.sh",
            new Results.Machine(2, "CPU", "Linux", "17"),
            500,
            List.of(new Launch(1, 900, 80, 200, 9, 12, 40, 3)),
            List.of(named("json-1k", "nginx", 20_000), named("json-1k", "infermux", 30_000)));

    assertThat(new Report(results).markdown())
        .contains("| 1 KB, nginx | 20.0 | 20.0–20.0 | 1.00 | 1,000 | – | – | 0 |")
        .contains("| 1 KB, infermux | 30.0 | 30.0–30.0 | 1.50 | 1,000 | – | – | 0 |")
        .contains("| json-1k, infermux | 20.0 | – | 2.00 | 1.0 | 9.0 | 9.0 | 1.0 |")
        .contains("| load until 90 % of full speed, s | 12 | 12 |")
        .contains("| start to first answer, ms | 900 | 900 |")
        .doesNotContain("json-1k, nginx | –");
  }

  private static Window named(String phase, String target, double cpu) {
    return window(phase, target, 1, 100, cpu);
  }

  private static Window window(String target, int round, double p50, double cpu) {
    return window("p", target, round, p50, cpu);
  }

  private static Window window(String phase, String target, int round, double p50, double cpu) {
    var summary = new Summary(1000, p50, p50, p50, p50, p50);
    var errors = new LoadResult.Errors(0, 0, 0, 0, 0);
    var jvm =
        target.equals("infermux")
            ? new JvmSample(20_480_000, List.of(1.0, 9.0), 60)
            : JvmSample.NONE;
    var load = new LoadResult(1, 1000, 0, 0, errors, summary, summary, summary, summary);
    return new Window(
        phase, target, 1, round, load, cpu, 0.5, 0, new Window.Memory(10, 20), jvm, null);
  }
}
