package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names mean after an import what they meant in LiteLLM, and reach nobody else. */
class ImportedMeaningTest {

  @TempDir private Path folder;

  @Test
  void a_name_never_reaches_another_account_that_asks_its_vendor_for_that_name()
      throws IOException {
    String made =
        made(
            """
            model_list:
              - model_name: gpt-4o
                litellm_params: { model: azure/gpt-4o, api_base: "https://eu.example" }
              - { model_name: gpt-4o-us, litellm_params: { model: openai/gpt-4o } }
              - { model_name: spare, litellm_params: { model: anthropic/claude-haiku-4-5 } }
              - { model_name: other, litellm_params: { model: anthropic/claude-sonnet-4-6 } }
            litellm_settings: { fallbacks: [ { gpt-4o: [spare] } ] }
            """);

    assertThat(made)
        .contains("models: [gpt-4o]\n      strategy: priority\n      providers: [azure, anthropic]")
        .contains("name: deployments-of-gpt-4o-us\n      models: [gpt-4o-us]")
        .doesNotContain("deployments are asked in order", "of-other");
  }

  @Test
  void a_provider_of_any_model_gets_no_name_that_others_have() throws IOException {
    String made =
        made(
            """
            model_list:
              - { model_name: "openai/*", litellm_params: { model: "openai/*" } }
              - model_name: gpt-4o
                litellm_params: { model: hosted_vllm/gpt-4o, api_base: "http://gpu:8000/v1" }
              - model_name: other
                litellm_params: { model: hosted_vllm/o, api_base: "http://gpu:8000/v1" }
            """);

    assertThat(made).contains("models: [gpt-4o, other]\n      providers: [hosted-vllm]");
  }

  @Test
  void all_that_stand_in_are_asked_those_of_the_same_account_too() throws IOException {
    String made =
        made(
            """
            model_list:
              - model_name: a
                litellm_params: { model: openai/a, input_cost_per_token: 1e-6 }
              - model_name: b
                litellm_params: { model: openai/b, input_cost_per_token: 2e-6 }
              - { model_name: c, litellm_params: { model: groq/c } }
              - { model_name: d, litellm_params: { model: xai/d } }
            router_settings: { fallbacks: [ { a: [b, c, d] } ] }
            """);

    assertThat(made)
        .contains("max_attempts: 4", "providers: [openai, openai-2, groq, xai]")
        .contains("models: [b]\n    model_aliases:\n      a: b")
        .contains("  openai-2:\n    b:\n      input_per_million: 2\n");
  }

  @Test
  void limits_are_of_each_deployment() throws IOException {
    String made =
        made(
            """
            model_list:
              - { model_name: a, litellm_params: { model: openai/a, rpm: 500 } }
              - { model_name: b, litellm_params: { model: openai/b, rpm: 500 } }
            router_settings: { fallbacks: [ { a: [b] } ] }
            """);

    assertThat(made.split("requests_per_minute: 500", -1)).hasSize(3);
    assertThat(made).contains("providers: [openai, openai-2]");
  }

  @Test
  void what_azure_calls_by_another_name_has_its_price() throws IOException {
    String made =
        made(
            """
            model_list:
              - model_name: mine
                litellm_params: { model: azure/prod-7, api_base: "https://eu.example" }
                model_info: { base_model: azure/eu/gpt-4o }
              - { model_name: "azure/*", litellm_params: { model: "azure/*", api_base: "http://a" } }
              - { model_name: odd, litellm_params: { model: groq/o }, model_info: { base_model: p } }
            """);

    assertThat(made)
        .contains("azure_deployment: prod-7\n", "models: [gpt-4o]\n", "      mine: gpt-4o\n")
        .contains("# - model_list[1]: *: each deployment of Azure", "model_list[2].model_info");
  }

  @Test
  void a_model_without_a_vendor_goes_to_its_own_and_an_address_means_what_it_did()
      throws IOException {
    String made =
        made(
            """
            model_list:
              - { model_name: claude, litellm_params: { model: claude-sonnet-4-6 } }
              - { model_name: gemini, litellm_params: { model: gemini-1.5-pro } }
              - { model_name: o3, litellm_params: { model: openai/responses/o3 } }
              - { model_name: near, litellm_params: { model: openai/n, api_base: "http://near:9" } }
              - { model_name: below, litellm_params: { model: xai/n, api_base: "http://b/v1" } }
            """);

    assertThat(made)
        .contains("type: anthropic\n    api_key: \"${ANTHROPIC_API_KEY}\"")
        .contains("gemini: InferMux does not speak the API of vertex_ai")
        .contains("models: [o3]", "\"http://near:9/\"", "\"http://b/v1\"");
  }

  @Test
  void who_may_call_in_clear_and_the_wider_budget_are_listed() throws IOException {
    String made =
        made(
            """
            model_list: [ { model_name: a, litellm_params: { model: openai/a } } ]
            litellm_settings: { max_internal_user_budget: 5, max_end_user_budget: 50 }
            general_settings: { master_key: sk-1234 }
            """);

    assertThat(made)
        .contains("monthly_usd: 5\n", "# - litellm_settings.max_end_user_budget")
        .contains("# - general_settings.master_key stands in clear");
  }

  @Test
  void a_master_key_that_only_the_environment_has_is_asked_for() throws IOException {
    String made = made("model_list: [ { model_name: a, litellm_params: { model: openai/a } } ]\n");

    assertThat(made).contains("# - general_settings.master_key: none in the file");
  }

  @Test
  void whom_bifrost_lets_in_and_what_they_may_spend_stay() throws IOException {
    String made =
        made(
            "bifrost",
            """
            {"client":{"enforce_governance_header":true},
             "providers":{"openai":{"keys":[{"value":"env.K"}],"network_config":{"max_retries":0}},
              "groq":{"keys":[{"value":"env.G"}],"network_config":{"max_retries":5}}},
             "governance":{
              "virtual_keys":[{"id":"a","name":"dev","value":"sk-bf-1","budget_id":"b"},
               {"id":"c","value":"env.VK","team_id":"t"},{"id":"d","value":"sk-2","is_active":false}],
              "budgets":[{"id":"b","max_limit":10,"reset_duration":"1w"},{"id":"x","max_limit":1}]}}
            """);

    assertThat(made)
        .contains("    - key: sk-bf-1\n      caller: dev\n    - key: \"${VK}\"\n      caller: c\n")
        .contains("    - caller: dev\n      monthly_usd: 10\n      action: hard_stop\n")
        .contains("mode: static_key", "attempts: 0")
        .contains("# - governance.budgets[0].reset_duration", "# - governance.budgets[1]: of no")
        .contains("# - governance.virtual_keys[1].team_id", "# - governance.virtual_keys[2]: a key")
        .contains("# - providers.groq.network_config.max_retries")
        .doesNotContain("sk-2");
  }

  @Test
  void without_any_key_that_lets_in_nothing_is_written() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"providers":{"openai":{"keys":[{"value":"env.K"}]}},
             "governance":{"virtual_keys":[{"id":"a","is_active":false,"value":"x"}]}}
            """);

    assertThat(Cli.run("import", "bifrost", file.toString()).exitCode()).isEqualTo(2);
  }

  private String made(String text) throws IOException {
    return made("litellm", text);
  }

  private String made(String from, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("litellm.yaml"), text);
    Cli cli = Cli.run("import", from, file.toString());
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return cli.out();
  }
}
