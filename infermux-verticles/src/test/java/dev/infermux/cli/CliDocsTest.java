package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliDocsTest {

  private static final Path DOCS = Path.of("..", "docs", "cli.md");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "serve-grpc",
        "infer",
        "validate",
        "status",
        "providers",
        "reload",
        "keys",
        "budgets",
        "nodes",
        "prices",
        "mock",
        "doctor",
        "import",
        "completion",
        "man"
      })
  void the_page_has_the_help_as_it_is_printed(String command) throws IOException {
    Cli cli = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");

    assertThat(Files.readString(DOCS)).contains("```text\n" + cli.out() + "```\n");
  }
}
