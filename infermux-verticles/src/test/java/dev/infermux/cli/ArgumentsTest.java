package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void version_is_the_build_s() {
    Cli cli = Cli.run("--version");

    assertThat(cli.out()).matches("infermux \\d+\\.\\d+\\.\\d+\\S*\n");
    assertThat(cli.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "infer", "validate", "mock"})
  void every_command_has_help(String command) {
    Cli cli = Cli.run(command, "--help");

    assertThat(cli.out()).startsWith("Usage: infermux " + command);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void no_command_is_bad_arguments() {
    Cli cli = Cli.run();

    assertThat(cli.err())
        .isEqualTo(
            "infermux: command: missing (expected: serve | serve-grpc | infer | validate | status |"
                + " providers | reload | keys | budgets | nodes | prices | mock | doctor | import |"
                + " completion | man | version | help)\n"
                + "Try: infermux --help\n");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_near_miss_of_a_command_gets_a_hint() {
    Cli cli = Cli.run("sevre");

    assertThat(cli.err())
        .startsWith(
            "infermux: command: \"sevre\" (expected: serve | serve-grpc | infer | validate | status"
                + " | providers | reload | keys | budgets | nodes | prices | mock | doctor | import |"
                + " completion | man | version | help; did you mean serve?)");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void an_unknown_flag_is_bad_arguments() {
    Cli cli = Cli.run("serve", "--lissten", ":1");

    assertThat(cli.err())
        .contains("--lissten: unknown flag (did you mean --listen?)", "infermux serve --help");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void an_unknown_flag_like_no_other_gets_the_way_to_the_help() {
    Cli cli = Cli.run("infer", "--model", "m", "--prompt", "p", "--zzzzzz");

    assertThat(cli.err())
        .isEqualTo("infermux: --zzzzzz: unknown flag\nTry: infermux infer --help\n");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_question_needs_no_model_and_goes_to_whom_the_router_chooses() {
    Cli cli = Cli.run("infer", "--prompt", "p");

    assertThat(cli.out()).isEqualTo("echo: p\n");
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void a_grace_that_is_no_duration_is_told_with_what_is() {
    Cli cli = Cli.run("serve", "--graceful-shutdown", "soon");

    assertThat(cli.err())
        .contains("--graceful-shutdown: \"soon\" (expected: a duration such as 500ms");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--listen", "--addr", "--log-level", "--log-format", "--tokentrace"})
  void a_flag_with_a_value_that_cannot_be_names_what_can(String flag) {
    Cli cli = Cli.run("serve", flag, "l o u d");

    String named = flag.equals("--addr") ? "--listen" : flag;
    assertThat(cli.err()).startsWith("infermux: " + named + ": \"l o u d\" (expected: ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_variable_with_a_value_that_cannot_be_is_named() {
    Cli cli = Cli.run(Map.of("INFERMUX_LOG_LEVEL", "loud"), "", "serve");

    assertThat(cli.err()).startsWith("infermux: INFERMUX_LOG_LEVEL: \"loud\" (expected: ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_not_there_is_told_without_a_stack_trace() {
    Cli cli = Cli.run("serve", "--config", "/no/such/file.yml");

    assertThat(cli.err()).contains("/no/such/file.yml").doesNotContain("\tat ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }
}
