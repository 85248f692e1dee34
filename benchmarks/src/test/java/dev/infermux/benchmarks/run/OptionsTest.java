package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void quick_is_changed_by_later_and_earlier_options_alike() {
    assertThat(parse("--launches", "2", "--quick").effort())
        .isEqualTo(Effort.QUICK.withLaunches(2));
    assertThat(parse("--quick", "--rounds", "4").effort()).isEqualTo(Effort.QUICK.withRounds(4));
  }

  @Test
  void phases_of_a_kind_are_all_of_its_sizes() {
    assertThat(LoadPhase.all(parse("--phases", "json,hold")).stream().map(LoadPhase::name))
        .containsExactly(
            "json-1k",
            "json-10k",
            "json-100k",
            "json-1k-rate",
            "json-10k-rate",
            "json-100k-rate",
            "hold-1000",
            "hold-5000");
  }

  @ParameterizedTest
  @CsvSource({
    "--launches, 0, 1..999999",
    "--rate, fast, 1..999999",
    "--rates, 0, 1..999999",
    "--phases, json;grpc, json | tail | stream | hold",
  })
  void bad_value_is_refused_with_what_is_allowed(String option, String value, String allowed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(option, value))
        .withMessage("%s: %s (expected: %s)", option, value, allowed);
  }

  @Test
  void tail_is_measured_at_each_of_the_rates() {
    assertThat(
            LoadPhase.all(parse("--phases", "tail", "--rates", "300,900")).stream()
                .map(LoadPhase::name))
        .containsExactly("json-1k-rate-300", "json-1k-rate-900");
  }

  @Test
  void budgets_that_another_block_has_leave_all_else_as_it_was_asked_for() {
    Options options = parse("--budgets", "file", "--rate", "70");

    assertThat(options.withoutBudgets().budgets()).isEqualTo("none");
    assertThat(options.withoutBudgets().rate()).isEqualTo(70);
    assertThat(options.withPinning(new Pinning("3")).pinning().gateway()).isEqualTo("3");
  }

  @Test
  void option_without_its_value_and_unknown_option_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--gateway"))
        .withMessage("--gateway: nothing (expected: a value)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--fast"))
        .withMessage("unknown option: --fast");
  }

  @Test
  void headers_of_the_gateway_beside_name_the_port_of_the_mock() {
    Options options =
        parse(
            "--beside-header", "x-peer: openai",
            "--beside", "peer {port}",
            "--beside-header", "x-host: http://127.0.0.1:{mock}/v1");

    assertThat(options.beside().command()).isEqualTo("peer {port}");
    assertThat(options.beside().lines(9100))
        .isEqualTo("x-peer: openai\r\nx-host: http://127.0.0.1:9100/v1\r\n");
    assertThat(parse().beside().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void request_is_json_of_just_the_size_asked_for(int kilobytes) throws IOException {
    byte[] body = Bodies.chat(kilobytes * 1024, true);

    assertThat(body).hasSize(kilobytes * 1024);
    assertThat(new ObjectMapper().readTree(body).at("/messages/1/content").asText())
        .contains("\"connection pool exhausted\"");
  }

  private static Options parse(String... args) {
    return Options.parse(List.of(args).toArray(String[]::new));
  }
}
