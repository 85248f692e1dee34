package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infermux prices}, and the list of {@code pricing_file}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PricesCommandTest {

  private static final String BUILT_IN =
      "src/main/resources/dev/infermux/policy/pricing/prices.json";
  private static final String LITELLM =
      """
      {"sample_spec": {"input_cost_per_token": 0.0, "litellm_provider": "one of",
                       "max_output_tokens": "text"},
       "gpt-9": {"input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
                 "litellm_provider": "openai", "mode": "chat", "max_output_tokens": 16384},
       "dall-e-3": {"input_cost_per_pixel": 3.81469e-08, "litellm_provider": "openai",
                    "mode": "image_generation"}}
      """;

  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void what_is_imported_is_a_list_that_serves() throws IOException {
    String out = directory.resolve("prices.json").toString();
    Cli imported =
        Cli.run("prices", "import", file("l.json", LITELLM), "--out", out, "--as-of=2026-11-28");
    Cli compared = Cli.run("prices", "diff", out);

    assertThat(imported.exitCode()).isZero();
    assertThat(imported.err()).contains("1 row imported, 1 left out");
    assertThat(imported.out()).isEmpty();
    assertThat(Files.readString(Path.of(out))).contains("2026-11-28").doesNotContain("sample_spec");
    assertThat(compared.exitCode()).isEqualTo(1);
    assertThat(compared.out())
        .containsPattern("added +openai +gpt-9 +- +input 2.5, output 10")
        .containsPattern("removed +openai +gpt-4o +input 2.5, output 10 +-");
    assertThat(validate("pricing_file: '" + out + "'\n", "gpt-9").err()).isEmpty();
    assertThat(validate("", "gpt-9").err()).contains("no price is known for model gpt-9");
  }

  @Test
  void without_out_the_list_is_standard_output() throws IOException {
    Cli imported = Cli.run("prices", "import", file("l.json", LITELLM));

    assertThat(imported.exitCode()).isZero();
    assertThat(imported.out()).startsWith("{").contains("\"gpt-9\"", "\"input\" : 2.5");
  }

  @Test
  void the_built_in_list_is_no_different_and_a_changed_rate_is() throws IOException {
    String list = Files.readString(Path.of(BUILT_IN));
    String row = "\"gpt-4o-2024-05-13\": {\"input\": 5";
    assertThat(list).contains(row);

    Cli same = Cli.run("prices", "diff", BUILT_IN);
    Cli other =
        Cli.run("prices", "diff", file("p.json", list.replace(row, row.replace(" 5", " 4.125"))));

    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).isEqualTo("no difference\n");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out())
        .containsPattern("changed +openai +gpt-4o-2024-05-13 +input 5 +input 4.125")
        .doesNotContain("added", "removed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"providers\": {}} x",
        "{\"providers\": []}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": -1, \"output\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": \"1\", \"output\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1e400, \"output\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1e-10, \"output\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1, \"outputs\": 1, \"output\": 1}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1, \"output\": 1, \"output\": 2}}}}",
        "{\"providers\": {\"openai\": {\"m\": {\"input\": 1, \"output\": 1, \"tier\": {}}}}}",
        "{\"as_of\": \"soon\", \"providers\": {}}",
        "{\"currency\": \"EUR\", \"providers\": {}}",
        "{\"replaces\": true, \"providers\": {}}",
      })
  void a_wrong_list_is_refused_everywhere(String list) throws IOException {
    String file = file("p.json", list);
    String config = config("pricing_file: '" + file + "'\n", "gpt-4o");

    Cli serve = Cli.run("serve", "--config", config);
    Cli validate = Cli.run("validate", "--config", config);
    Cli imported = Cli.run("prices", "import", file);

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(validate.exitCode()).isEqualTo(3);
    assertThat(imported.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains("pricing_file: " + file).doesNotContain("\tat ");
  }

  @Test
  void without_a_file_the_configured_list_is_compared() throws IOException {
    String line = "pricing_file: '" + Path.of(BUILT_IN).toAbsolutePath() + "'\n";

    assertThat(Cli.run("prices", "diff", "--config", config(line, "gpt-4o")).out())
        .isEqualTo("no difference\n");
    assertThat(Cli.run("prices", "diff", "--config", config("", "gpt-4o")).err())
        .contains("no pricing_file in the configuration");
  }

  @Test
  void a_list_that_is_not_there_ends_serve_and_is_a_warning_of_validate() throws IOException {
    String line = "pricing_file: '" + directory.resolve("no.json") + "'\n";

    assertThat(Cli.run("serve", "--config", config(line, "gpt-4o")).exitCode()).isEqualTo(2);
    Cli validate = validate(line, "gpt-4o");
    assertThat(validate.exitCode()).isZero();
    assertThat(validate.err()).contains("warning: pricing_file: ", "no.json does not exist");
    assertThat(Cli.run("prices", "diff", directory + "/no.json").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "import", "export x", "import a b", "import l.json --as-of soon"})
  void wrong_words_are_told(String words) {
    Cli cli = Cli.run(("prices " + words).trim().split(" ", -1));

    assertThat(cli.exitCode()).isIn(1, 2);
    assertThat(cli.err()).contains("infermux: ").doesNotContain("\tat ");
  }

  private Cli validate(String line, String model) throws IOException {
    return Cli.run("validate", "--config", config(line, model));
  }

  private String config(String line, String model) throws IOException {
    return file(
        "infermux.yml",
        line
            + "providers: [{ name: openai, type: openai, api_key: k, models: ["
            + model
            + "] }]\n");
  }
}
