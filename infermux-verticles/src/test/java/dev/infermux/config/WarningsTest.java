package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest extends Reading {
  private static final String ECHO = "providers: [{ name: echo, type: echo }]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "providers: [{ name: e, type: echo, retries: 3 }] # unknown field \"retries\" at"
            + " providers[0] (did you mean \"rate_limits\"?)",
        "providers: [{ name: e, type: echo, timout: 3 }] # unknown field \"timout\" at providers[0]"
            + " (did you mean \"timeout\"?)",
        "providers: [{ name: e, type: echo, apikey: s }] # unknown field \"apikey\" at providers[0]"
            + " (did you mean \"api_key\"?)",
        "{ providers: [{ name: e, type: echo }], provders: [] } # unknown field \"provders\" at the"
            + " top level (did you mean \"providers\"?)",
        "{ providers: [{ name: e, type: echo }], routing: { stratgy: x } } # unknown field"
            + " \"stratgy\" at routing (did you mean \"strategy\"?)",
        "{ providers: [{ name: e, type: echo }], zzz: 1 } # unknown field \"zzz\" at the top level",
      })
  void an_unknown_key_is_a_warning_and_under_strict_a_problem(String yaml, String text)
      throws Exception {
    assertThat(loaded(read(yaml)).warnings()).containsExactly(text);
    assertThat(problems(read(yaml, ReadOptions.of(KEYS).withStrict(true)))).containsExactly(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "passthrough # providers[0].api_key: missing for a provider of type openai; callers must"
            + " bring their own key",
        "static_key, key: k # providers[0].api_key: missing for a provider of type openai; calls"
            + " will be refused by it, since static_key mode never passes a caller's key on",
      })
  void a_hosted_provider_without_a_key_is_a_warning(String mode, String warning) throws Exception {
    assertThat(withoutKey(mode, "type: openai")).containsExactly(warning);
  }

  @Test
  void a_server_of_ones_own_may_ask_for_no_key() throws Exception {
    String own = "type: openai, base_url: 'http://localhost:8000/v1'";

    assertThat(withoutKey("passthrough", own))
        .containsExactly(
            "providers[0].api_key: missing for a provider of type openai; callers must bring their"
                + " own key, unless it asks for none");
    assertThat(withoutKey("static_key, key: k", own))
        .containsExactly(
            "providers[0].api_key: missing for a provider of type openai; it must ask for none,"
                + " since static_key mode never passes a caller's key on");
  }

  private List<String> withoutKey(String mode, String provider) throws Exception {
    return loaded(
            read(
                "auth: { mode: "
                    + mode
                    + " }\nproviders: [{ name: o, "
                    + provider
                    + " }, { name: e, type: echo }]"))
        .warnings();
  }

  @Test
  void a_provider_that_is_not_hosted_needs_no_key() throws Exception {
    String yaml = "providers: [{ name: l, type: ollama }, { name: e, type: echo }]";

    assertThat(loaded(read(yaml)).warnings()).isEmpty();
  }

  @Test
  void a_key_per_caller_whose_variable_is_not_set_lets_nobody_in() throws Exception {
    String yaml =
        ECHO + "auth: { mode: static_key, keys: [{ key: '${NOT_SET}', caller: team-a }] }";

    var result = loaded(read(yaml));

    assertThat(result.warnings())
        .containsExactly(
            "auth.keys[0].key: ${NOT_SET} is not set, so it counts as empty",
            "auth.keys[0].key: empty, since its variable is not set (expected: the key of team-a;"
                + " set the variable)");
    assertThat(result.config().http().auth().keys()).isEmpty();
    assertThat(result.config().http().auth().key()).isNull();
  }

  @Test
  void keys_do_nothing_in_passthrough_mode_and_azure_keys_nothing_elsewhere() throws Exception {
    String yaml =
        """
        auth: { mode: passthrough, keys: [{ key: k, caller: c }] }
        providers: [{ name: e, type: echo, azure_deployment: d }]
        """;

    assertThat(loaded(read(yaml)).warnings())
        .containsExactly(
            "auth.keys: of no use in passthrough mode: anyone may call",
            "providers[0].azure_deployment: of no use for a provider of type echo");
  }

  @Test
  void a_price_for_nobody_is_a_warning() throws Exception {
    String yaml =
        ECHO + "pricing: { opnai: { gpt-4o: { input_per_million: 1, output_per_million: 2 } } }";

    assertThat(loaded(read(yaml)).warnings())
        .containsExactly("pricing.opnai: names neither a configured provider nor a type of one");
  }

  @Test
  void a_model_override_that_cannot_apply_is_a_warning() throws Exception {
    String yaml =
        """
        providers: [{ name: e, type: echo, models: [a], model_aliases: { b: a } }]
        budgets:
          - { caller: x, monthly_usd: 1, model_override: a }
          - { caller: y, monthly_usd: 1, model_override: b }
          - { caller: z, monthly_usd: 1, action: model_override, model_override: c }
          - { caller: w, monthly_usd: 1, action: alert, model_override: a }
        """;

    assertThat(loaded(read(yaml)).warnings())
        .containsExactly(
            "budgets[2].model_override: no configured provider serves c",
            "budgets[3].model_override: of no use with action alert");
  }

  @Test
  void an_unset_variable_names_itself_and_its_key() throws Exception {
    String yaml = "providers: [{ name: o, type: ollama, api_key: 'a${ONE}b$TWO' }]";

    assertThat(loaded(read(yaml, ReadOptions.of(Map.of()))).warnings())
        .containsExactly(
            "providers[0].api_key: ${ONE} is not set, so it counts as empty",
            "providers[0].api_key: ${TWO} is not set, so it counts as empty");
  }
}
