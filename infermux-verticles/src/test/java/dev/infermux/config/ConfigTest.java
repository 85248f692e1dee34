package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {

  @Test
  void a_file_that_says_nothing_more_equals_the_defaults_in_code() {
    JsonObject json =
        new JsonObject(
            "{\"providers\":[{\"name\":\"echo\",\"type\":\"echo\",\"models\":[\"echo-v1\"]}]}");

    ConfigResult result = ConfigReader.read(json, ReadOptions.of(Map.of()));

    assertThat(result).isEqualTo(new ConfigResult.Loaded(Config.echo(), List.of(), List.of()));
  }

  @Test
  void json_with_types_reads_like_text() {
    JsonObject json =
        new JsonObject(
            """
            {"log":{"timestamps":false},
             "circuit_breaker":{"error_rate_threshold":0.25,"window_seconds":30,"recovery_window":1.5},
             "providers":[{"name":"e","type":"echo"}],
             "budgets":[{"caller":"a","monthly_usd":0.1}]}
            """);

    var result = (ConfigResult.Loaded) ConfigReader.read(json, ReadOptions.of(Map.of()));

    assertThat(result.config().log().timestamps()).isFalse();
    assertThat(result.config().circuit().errorRateThreshold()).isEqualTo(0.25);
    assertThat(result.config().circuit().recoveryWindow()).hasMillis(1500);
    assertThat(result.config().budgets().callers().get(0).monthlyUsd()).isEqualByComparingTo("0.1");
  }

  @Test
  void a_test_provider_that_lists_no_models_has_those_of_its_own_alone() {
    JsonObject json =
        new JsonObject(
            """
            {"providers":[{"name":"e","type":"echo"}, {"name":"m","type":"mock"},
               {"name":"p","type":"mock","mock":{"models":{"flaky":"503"}}},
               {"name":"l","type":"mock","models":["a"],"mock":{"models":{"b":"503"}}},
               {"name":"o","type":"ollama"}]}
            """);

    var result = (ConfigResult.Loaded) ConfigReader.read(json, ReadOptions.of(Map.of()));

    assertThat(result.config().providers())
        .extracting(entry -> entry.options().models())
        .containsExactly(
            List.of("echo-v1"),
            List.of("mock-v1"),
            List.of("mock-v1", "flaky"),
            List.of("a"),
            null);
  }

  @Test
  void a_provider_overrides_the_global_circuit_key_by_key() {
    JsonObject json =
        new JsonObject(
            """
            {"circuit_breaker":{"consecutive_failures":7,"latency_p95_ms":900},
             "providers":[
               {"name":"a","type":"echo","circuit_breaker":{"latency_p95_ms":0}},
               {"name":"b","type":"echo","circuit_breaker":{"consecutive_failures":2}}]}
            """);

    var config = ((ConfigResult.Loaded) ConfigReader.read(json, ReadOptions.of(Map.of()))).config();

    var a = config.providers().get(0).circuit();
    assertThat(a.consecutiveFailures()).isEqualTo(7);
    assertThat(a.latencyP95()).isNull();
    var b = config.providers().get(1).circuit();
    assertThat(b.consecutiveFailures()).isEqualTo(2);
    assertThat(b.latencyP95()).hasMillis(900);
  }

  @Test
  void a_program_builds_one_without_a_file() {
    var circuit = CircuitOptions.defaults().withConsecutiveFailures(2);

    Config config =
        Config.defaults()
            .withCircuit(circuit)
            .withProvider(ProviderOptions.of("a", ProviderType.MOCK))
            .withProvider(ProviderEntry.of(ProviderOptions.of("b", ProviderType.ECHO)));

    assertThat(config.providers().get(0).circuit()).isEqualTo(circuit);
    assertThat(config.providers().get(1).circuit()).isEqualTo(CircuitOptions.defaults());
    assertThat(config.withProviders(config.providers())).isEqualTo(config);
  }

  @Test
  void lists_and_maps_handed_in_may_change_afterwards() {
    List<String> models = new ArrayList<>(List.of("m"));
    var provider = ProviderOptions.of("a", ProviderType.ECHO).withModels(models);

    models.clear();

    assertThat(provider.models()).containsExactly("m");
  }
}
