package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  private static final String VALID =
      """
      providers:
        - { name: near, type: echo, models: [echo-v1] }
        - { name: far, type: openai, api_key: "k", models: [gpt-4o] }
      routing:
        groups:
          - { name: all, models: [gpt-4o], providers: [far] }
      """;

  @TempDir Path directory;

  @Test
  void a_valid_file_is_counted_out() throws IOException {
    Cli cli = Cli.run("validate", "--config", file(VALID));

    assertThat(cli.out()).isEqualTo("ok: config is valid (2 providers, 1 route group)\n");
    assertThat(cli.exitCode()).isZero();
  }

  @Test
  void the_variable_names_the_file_too() throws IOException {
    Cli cli = Cli.run(Map.of("INFERMUX_CONFIG", file(VALID)), "", "validate");

    assertThat(cli.out()).startsWith("ok: ");
  }

  @Test
  void a_file_that_is_not_there_is_exit_code_1() {
    Cli cli = Cli.run("validate", "--config", directory.resolve("none.yml").toString());

    assertThat(cli.err()).contains("none.yml").doesNotContain("\tat ");
    assertThat(cli.exitCode()).isEqualTo(1);
  }

  @Test
  void malformed_yaml_is_exit_code_2_with_its_place() throws IOException {
    Cli cli = Cli.run("validate", "--config", file("providers: [\n"));

    assertThat(cli.err()).contains("infermux.yml", "line 2").doesNotContain("\tat ");
    assertThat(cli.exitCode()).isEqualTo(2);
  }

  @Test
  void all_wrong_values_are_exit_code_3_and_told_at_once() throws IOException {
    String wrong = VALID.replace("type: echo", "type: ekho") + "  strategy: fastest\n";

    Cli cli = Cli.run("validate", "--config", file(wrong));

    assertThat(cli.err())
        .contains("2 problems", "providers[0].type: \"ekho\"", "routing.strategy: \"fastest\"");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.exitCode()).isEqualTo(3);
  }

  @Test
  void an_unknown_key_is_a_warning_and_under_strict_an_error() throws IOException {
    String file = file(VALID + "retries: 3\n");

    Cli lenient = Cli.run("validate", "--config", file);
    Cli strict = Cli.run("validate", "--strict", "--config", file);

    assertThat(lenient.err()).contains("warning: unknown field \"retries\"");
    assertThat(lenient.exitCode()).isZero();
    assertThat(strict.err()).contains("unknown field \"retries\"");
    assertThat(strict.exitCode()).isEqualTo(3);
  }

  @Test
  void strictly_a_journal_in_memory_is_warned_of_with_what_it_costs() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isDirectory(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
        "this system has no memory disk at /dev/shm");
    String alone = "budgets: { state_file: /dev/shm/budgets.json }\n";
    String shared =
        "budgets: { state_file: /dev/shm/budgets.json, shared: { url: \"postgresql://h/d\" } }\n";

    Cli lenient = Cli.run("validate", "--config", file(VALID + alone));
    Cli strict = Cli.run("validate", "--strict", "--config", file(VALID + alone));
    Cli node = Cli.run("validate", "--strict", "--config", file(VALID + shared));

    assertThat(lenient.err()).isEmpty();
    assertThat(strict.err())
        .contains(
            "warning: budgets.state_file: /dev/shm is a memory disk (tmpfs)",
            "every budget begins at zero again (expected: a volume of its own)");
    assertThat(strict.exitCode()).isZero();
    assertThat(node.err()).contains("stays counted for the rest of the month");
    assertThat(node.exitCode()).isZero();
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("infermux.yml"), text).toString();
  }
}
