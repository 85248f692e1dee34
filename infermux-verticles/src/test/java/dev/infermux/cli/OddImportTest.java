package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose values are not of the shape that their keys have: the rest is taken over. */
class OddImportTest {

  @TempDir private Path folder;

  @Test
  void what_has_another_shape_is_listed_and_never_lost_without_a_word() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - model_name: a
                litellm_params:
                  { model: openai/a, rpm: lots, tpm: "1e9999999", timeout: os.environ/T,
                    extra_headers: [x], organization: { a: b }, input_cost_per_token: free }
                model_info: [x]
              - just-a-string
              - model_name: b
                litellm_params: { model: openai/b, rpm: 0.5, timeout: 0.0001 }
            router_settings: { fallbacks: [nonsense], cooldown_time: soon }
            litellm_settings: nonsense
            general_settings: [ { master_key: abc } ]
            environment_variables: X
            """);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains("  model_list[0].litellm_params.rpm\n")
        .contains("  model_list[0].litellm_params.tpm\n")
        .contains("  model_list[0].litellm_params.timeout\n")
        .contains("  model_list[0].litellm_params.extra_headers\n")
        .contains("  model_list[0].litellm_params.organization\n")
        .contains("  model_list[0].litellm_params.input_cost_per_token\n")
        .contains("  model_list[0].model_info\n")
        .contains("  model_list[1]")
        .contains("  model_list[2].litellm_params.rpm\n")
        .contains("  model_list[2].litellm_params.timeout\n")
        .contains("  router_settings.fallbacks[0]\n")
        .contains("  router_settings.cooldown_time\n")
        .contains("  litellm_settings\n")
        .contains("  general_settings\n")
        .contains("  environment_variables\n");
  }

  @Test
  void a_list_that_is_written_as_something_else_is_named() throws IOException {
    Cli cli =
        litellm("model_list: { a: { model_name: a, litellm_params: { model: openai/a } } }\n");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("  model_list\n", "no model that InferMux can reach");
  }

  @Test
  void odd_shapes_of_bifrost_are_listed_too() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"providers":{"openai":[1],"anthropic":{"keys":{"value":"x"}},
             "groq":{"keys":["a",{"value":["x"],"models":["m"]}],
              "network_config":{"default_request_timeout_in_seconds":"soon"}}}}
            """);

    Cli cli = Cli.run("import", "bifrost", file.toString());

    assertThat(cli.err())
        .contains("  providers.openai\n")
        .contains("  providers.anthropic.keys\n")
        .contains("  providers.groq.keys[0]\n")
        .contains("  providers.groq.keys[1].value\n")
        .contains("  providers.groq.network_config.default_request_timeout_in_seconds\n");
  }

  @Test
  void what_serve_would_refuse_is_left_out_alone_and_listed() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - { model_name: good, litellm_params: { model: openai/gpt-4o } }
              - model_name: near
                litellm_params:
                  { model: openai/near, api_base: "localhost:8000", input_cost_per_token: 0.1 }
              - model_name: headers
                litellm_params: { model: groq/h, extra_headers: { "A B": x } }
              - { model_name: odd, litellm_params: { model: xai/o, api_key: os.environ/A-B } }
            litellm_settings: { fallbacks: [ { good: [near] } ] }
            """);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains("2 providers imported")
        .contains("  openai-2 for near, good: providers[1].base_url: \"localhost:8000\"")
        .contains("  groq for h, headers: providers[2].headers")
        .contains("  xai for o, odd: providers[3].api_key");
    assertThat(cli.out().lines().filter(line -> !line.startsWith("#")))
        .contains("  - name: openai", "  - name: groq", "      providers: [openai]")
        .doesNotContain("  - name: openai-2", "pricing:", "    headers:");
  }

  @Test
  void who_may_call_is_not_left_out() throws IOException {
    Cli cli =
        litellm(
            """
            model_list: [ { model_name: good, litellm_params: { model: openai/gpt-4o } } ]
            general_settings: { master_key: os.environ/A-B }
            """);

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("auth.key");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void names_that_are_alike_or_long_are_names() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - { model_name: "a b", litellm_params: { model: openai/x } }
              - { model_name: "a-b", litellm_params: { model: openai/y } }
              - { model_name: z, litellm_params: { model: anthropic/z } }
              - { model_name: %s, litellm_params: { model: openai/q } }
            litellm_settings: { fallbacks: [ { "a b": [z] }, { "a-b": [z] } ] }
            """
                .formatted("n".repeat(5000)));

    assertThat(cli.err()).contains("imported");
    assertThat(cli.out()).contains("name: fallbacks-of-a-b\n", "name: fallbacks-of-a-b-2\n");
  }

  @Test
  void anchor_that_contains_itself_is_told() throws IOException {
    for (String odd :
        new String[] {
          "litellm_settings: &a { callbacks: [ { x: *a } ] }",
          "litellm_settings: { success_callback: &a [ [ *a ] ] }"
        }) {
      Cli cli = litellm("model_list: [ { model_name: a, litellm_params: { model: b } } ]\n" + odd);

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("an anchor that contains itself");
    }
  }

  @Test
  void a_model_that_costs_nothing_stays_free() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - model_name: a
                litellm_params:
                  { model: ollama/a, input_cost_per_token: 0, output_cost_per_token: 0.0 }
            """);

    assertThat(cli.out()).contains("input_per_million: 0\n", "output_per_million: 0\n");
  }

  @Test
  void prices_are_rounded_to_what_money_has() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - model_name: a
                litellm_params: { model: ollama/a, input_cost_per_token: 1.23456e-13 }
            """);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("input_per_million: 0.000000123\n");
  }

  @Test
  void a_time_limit_that_is_taken_over_is_not_listed() throws IOException {
    Cli cli =
        litellm(
            """
            model_list: [ { model_name: a, litellm_params: { model: openai/a } } ]
            router_settings: { timeout: 45 }
            """);

    assertThat(cli.out()).contains("timeout: \"45s\"\n");
    assertThat(cli.err()).doesNotContain("router_settings.timeout");
  }

  @Test
  void a_name_of_several_lines_stays_in_its_comment() throws IOException {
    Cli cli =
        litellm(
            """
            model_list:
              - { model_name: "a\\nproviders: []\\u2028x", litellm_params: { model: bedrock/x } }
              - { model_name: "b\\e", litellm_params: { model: openai/b } }
            """);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("# - model_list[0]: a providers: [] x: InferMux does not speak");
  }

  @Test
  void the_source_is_never_written_over() throws IOException {
    String text = "model_list: [ { model_name: a, litellm_params: { model: openai/a } } ]\n";
    Path file = Files.writeString(folder.resolve("config.yaml"), text);

    Cli cli = Cli.run("import", "litellm", file.toString(), "--output", folder + "/./config.yaml");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(file).hasContent(text.strip());
  }

  private Cli litellm(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("litellm.yaml"), text);
    return Cli.run("import", "litellm", file.toString());
  }
}
