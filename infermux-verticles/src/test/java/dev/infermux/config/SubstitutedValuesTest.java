package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutedValuesTest extends Reading {

  @Test
  void a_substituted_value_gets_its_type_from_the_key() throws Exception {
    String yaml =
        """
        listen: ":${PORT}"
        log: { timestamps: "$STAMPS" }
        circuit_breaker: { error_rate_threshold: "${RATE}", consecutive_failures: $COUNT }
        providers: [{ name: "${NAME}", type: "${TYPE:-echo}", timeout: "${WAIT}" }]
        """;
    Map<String, String> environment =
        Map.of(
            "PORT", "81", "STAMPS", "false", "RATE", "0.25", "COUNT", "3", "NAME", "e", "WAIT",
            "250ms");

    Config config = loaded(read(yaml, ReadOptions.of(environment))).config();

    assertThat(config.http().listen().port()).isEqualTo(81);
    assertThat(config.log().timestamps()).isFalse();
    assertThat(config.circuit().errorRateThreshold()).isEqualTo(0.25);
    assertThat(config.circuit().consecutiveFailures()).isEqualTo(3);
    assertThat(config.providers().get(0).options().timeout()).hasMillis(250);
  }

  @Test
  void a_value_cannot_bring_structure() throws Exception {
    String yaml = "listen: ${X}\nproviders: ${Y}\n";
    var environment = Map.of("X", "':1'\nlog: {level: debug}", "Y", "[{name: e, type: echo}]");

    assertThat(problems(read(yaml, ReadOptions.of(environment))))
        .containsExactly(
            "listen: \"${X}\" (expected: an address such as :8080, 127.0.0.1:8080 or [::1]:8080)",
            "providers: a single value (expected: a list)");
  }

  @Test
  void keys_and_comments_are_not_substituted() throws Exception {
    String yaml =
        """
        # ${NOT_A_VARIABLE
        providers: [{ name: e, type: echo, model_aliases: { "$HOME": m } }]
        """;

    var aliases = loaded(read(yaml)).config().providers().get(0).options().modelAliases();

    assertThat(aliases).containsOnlyKeys("$HOME");
  }

  @Test
  void a_required_variable_that_is_not_set_is_a_problem_with_its_message() throws Exception {
    String yaml =
        "providers: [{ name: o, type: openai, api_key: '${OPENAI:?ask the platform team}' }]";

    assertThat(problems(read(yaml)))
        .containsExactly(
            "providers[0].api_key: ${OPENAI} is not set: ask the platform team"
                + " (expected: ${VAR}, ${VAR:-default} or ${VAR:?message} that is set)");
  }

  @Test
  void yaml_does_not_bend_plain_values() throws Exception {
    String yaml =
        """
        providers:
          - name: on
            type: azure_openai
            api_key: 0123
            base_url: https://r.openai.azure.com
            azure_deployment: 1:30
            azure_api_version: 2024-08-01
            models: [no, 1.10, 1e3, 0x1F, ~tilde]
        """;

    var provider = loaded(read(yaml)).config().providers().get(0).options();

    assertThat(provider.name()).isEqualTo("on");
    assertThat(provider.apiKey().reveal()).isEqualTo("0123");
    assertThat(provider.azureDeployment()).isEqualTo("1:30");
    assertThat(provider.azureApiVersion()).isEqualTo("2024-08-01");
    assertThat(provider.models()).containsExactly("no", "1.10", "1e3", "0x1F", "~tilde");
  }
}
