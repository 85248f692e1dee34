package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.tree.Problem;
import dev.infermux.provider.ProviderOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENAI_API_KEY", "sk-$1", "INFERMUX_MANAGEMENT_TOKEN", "secret", "EMPTY_API_KEY", "");

  @Test
  void credential_is_filled_from_this_nodes_environment_and_no_dollar_elsewhere_is() {
    ConfigResult read =
        read(
            "{'api_key':'${OPENAI_API_KEY}','base_url':'http://127.0.0.1:9/v1','models':['a$b'],"
                + "'headers':{'Authorization':'Bearer ${OPENAI_API_KEY}','X-Team':'${HOME}'}}");

    assertThat(read).isInstanceOf(ConfigResult.Loaded.class);
    ProviderOptions options = ((ConfigResult.Loaded) read).config().providers().get(0).options();
    assertThat(String.valueOf(options.apiKey())).isEqualTo("****");
    assertThat(options.apiKey().reveal()).isEqualTo("sk-$1");
    assertThat(options.models()).containsExactly("a$b");
    assertThat(options.headers())
        .containsEntry("Authorization", "Bearer sk-$1")
        .containsEntry("X-Team", "${HOME}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'api_key':'sk-literal'}",
        "{'api_key':'${INFERMUX_MANAGEMENT_TOKEN}'}",
        "{'api_key':'${OPENAI_API_KEY}sk-literal'}",
        "{'api_key':'${OPENAI_API_KEY:-sk-literal}'}",
        "{'api_key':'$OPENAI_API_KEY'}",
        "{'headers':{'X-Api-Key':'sk-literal'}}",
        "{'headers':{'cookie':'sk-literal'}}",
        "{'proxy':'http://user:sk-literal@127.0.0.1:3128'}"
      })
  void literal_credentials_and_other_variables_are_refused_and_not_repeated(String fields) {
    List<String> problems = problems(read(fields));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith("providers[0].").doesNotContain("sk-literal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTHER_API_KEY", "EMPTY_API_KEY"})
  void variable_that_this_node_lacks_is_a_problem_and_not_an_absent_key(String name) {
    assertThat(problems(read("{'api_key':'${" + name + "}'}")))
        .containsExactly(
            "providers[0].api_key: ${"
                + name
                + "} is not set at this node (expected: the variable "
                + name
                + ")");
  }

  private static ConfigResult read(String fields) {
    JsonObject block =
        new JsonObject(fields.replace('\'', '"')).put("name", "p").put("type", "openai");
    return ConfigReader.sharedProvider(block, Config.defaults(), ENVIRONMENT);
  }

  private static List<String> problems(ConfigResult result) {
    return ((ConfigResult.Invalid) result).problems().stream().map(Problem::text).toList();
  }
}
