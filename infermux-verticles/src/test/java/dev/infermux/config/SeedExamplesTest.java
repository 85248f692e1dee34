package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderType;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedExamplesTest extends Reading {

  @Test
  void the_minimal_example_has_one_provider_and_defaults() throws Exception {
    Config config = example("minimal.yml");

    assertThat(config.http().listen()).isEqualTo(ListenAddress.everywhere(8080));
    assertThat(config.providers()).hasSize(1);
    var openai = config.providers().get(0).options();
    assertThat(openai.type()).isEqualTo(ProviderType.OPENAI);
    assertThat(openai.apiKey()).isEqualTo(Secret.of("sk-openai-1"));
    assertThat(openai.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
    assertThat(openai.models()).isNull();
    assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.ROUND_ROBIN);
  }

  @Test
  void the_failover_example_has_two_providers_and_aliases() throws Exception {
    Config config = example("failover.yml");

    var openai = config.providers().get(0);
    var anthropic = config.providers().get(1);
    assertThat(openai.options().models()).containsExactly("gpt-4o", "gpt-4o-mini");
    assertThat(openai.rateLimits()).isEqualTo(new RateLimitOptions(3500, 800_000));
    assertThat(anthropic.rateLimits()).isEqualTo(RateLimitOptions.defaults());
    assertThat(anthropic.options().modelAliases())
        .containsExactly(
            Map.entry("gpt-4o", "claude-opus-4-5"), Map.entry("gpt-4o-mini", "claude-haiku-3-5"));
    assertThat(anthropic.circuit())
        .isEqualTo(CircuitOptions.defaults().withErrorRateThreshold(0.4));
    assertThat(config.routing().strategy()).isEqualTo(RoutingStrategy.PRIORITY);
  }

  @Test
  void the_cost_example_has_groups_and_a_budget_in_the_mixed_form() throws Exception {
    Config config = example("cost.yml");

    assertThat(config.providers())
        .extracting(entry -> entry.options().name())
        .containsExactly("openai", "anthropic", "groq", "ollama");
    assertThat(config.providers().get(3).health().interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.routing().groups())
        .containsExactly(
            new GroupOptions(
                "embeddings",
                List.of("text-embedding-3-small", "text-embedding-3-large"),
                RoutingStrategy.ROUND_ROBIN,
                List.of("openai")),
            new GroupOptions(
                "reasoning",
                List.of("gpt-4o", "claude-opus-4-5"),
                RoutingStrategy.PRIORITY,
                List.of("openai", "anthropic")));
    assertThat(config.budgets().stateFile()).isEqualTo(Path.of("/var/lib/infermux/budgets.json"));
    assertThat(config.budgets().callers())
        .containsExactly(
            new CallerBudget(
                "batch-pipeline",
                new BigDecimal("200.00"),
                BudgetAction.MODEL_OVERRIDE,
                "gpt-4o-mini"));
  }

  @Test
  void the_production_example_has_tls_and_a_key() throws Exception {
    Config config = example("production.yml");

    assertThat(config.http().listen()).isEqualTo(ListenAddress.everywhere(443));
    assertThat(config.managementListen()).isEqualTo(ListenAddress.everywhere(8081));
    assertThat(config.http().tls())
        .isEqualTo(
            new TlsOptions(Path.of("/etc/ssl/infermux.crt"), Path.of("/etc/ssl/infermux.key")));
    assertThat(config.log()).isEqualTo(LogOptions.defaults().withFormat(LogFormat.JSON));
    assertThat(config.http().auth().mode()).isEqualTo(AuthMode.STATIC_KEY);
    assertThat(config.http().auth().key()).isEqualTo(Secret.of("gateway-4"));
    assertThat(config.providers().get(0).options().timeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(config.circuit().recoveryBackoffMultiplier()).isEqualTo(2.0);
  }

  @Test
  void the_reference_names_a_provider_that_it_does_not_have() throws Exception {
    ConfigResult result = read(resource("reference.yml"), ReadOptions.of(KEYS).withToServe(false));

    assertThat(problems(result))
        .containsExactly(
            "routing.groups[0].providers[1]: \"anthropic\""
                + " (expected: a configured provider: openai)");
  }

  @Test
  void the_reference_loads_once_that_provider_is_there() throws Exception {
    String reference = Files.readString(resource("reference.yml"));
    String anthropic = "providers:\n  - { name: anthropic, type: anthropic, api_key: k }\n";

    Config config =
        loaded(read(reference.replaceFirst("\nproviders:\n", "\n" + anthropic))).config();

    assertThat(config.circuit())
        .isEqualTo(CircuitOptions.defaults().withLatencyP95(Duration.ofSeconds(5)));
    assertThat(config.providers().get(1).circuit()).isEqualTo(config.circuit());
    assertThat(config.pricing().overrides())
        .isEqualTo(
            Map.of(
                "openai",
                Map.of("gpt-4o", new ModelPrice(new BigDecimal("2.50"), new BigDecimal("10.00")))));
    assertThat(config.budgets().stateFile()).isNull();
    assertThat(config.budgets().callers())
        .containsExactly(
            new CallerBudget("user-abc123", new BigDecimal("10.00"), BudgetAction.HARD_STOP, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yml", "failover.yml", "cost.yml", "production.yml"})
  void an_example_loads_without_any_variable_set_and_warns(String name) throws Exception {
    var result = loaded(read(resource(name), ReadOptions.of(Map.of()).withToServe(false)));

    assertThat(result.warnings())
        .contains(
            "providers[0].api_key: ${OPENAI_API_KEY} is not set, so it counts as empty",
            name.equals("production.yml")
                ? "auth.key: empty, since its variable is not set (expected: the callers' key; set"
                    + " the variable)"
                : "providers[0].api_key: missing for a provider of type openai;"
                    + " callers must bring their own key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yml", "failover.yml", "cost.yml", "production.yml"})
  void an_example_has_nothing_to_warn_of_when_its_variables_are_set(String name) throws Exception {
    var result =
        loaded(read(resource(name), ReadOptions.of(KEYS).withToServe(false).withStrict(true)));

    assertThat(result.warnings())
        .allMatch(warning -> warning.endsWith(" does not exist (expected: a file that is there)"));
  }

  private static Config example(String name) throws Exception {
    return loaded(read(resource(name), ReadOptions.of(KEYS).withToServe(false))).config();
  }
}
