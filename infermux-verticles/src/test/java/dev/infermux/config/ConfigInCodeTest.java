package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that are built in code are checked as files are. */
class ConfigInCodeTest {

  @Test
  void all_problems_are_told_at_once_with_their_paths() {
    ProviderOptions bad =
        ProviderOptions.of("a", ProviderType.OPENAI)
            .withTimeout(Duration.ofSeconds(-1))
            .withBaseUrl(URI.create("ftp://somewhere"));
    Config config =
        Config.defaults()
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(0))
            .withProvider(bad)
            .withProvider(ProviderOptions.of("a", ProviderType.ECHO))
            .withRouting(
                RoutingOptions.defaults()
                    .withFailover(FailoverOptions.defaults().withMaxAttempts(0))
                    .withGroups(
                        List.of(new GroupOptions("g", List.of("m"), null, List.of("nobody")))));

    assertThatThrownBy(() -> ConfigReader.check(config))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("circuit_breaker.consecutive_failures: 0 "))
                    .anyMatch(line -> line.startsWith("providers[0].timeout: "))
                    .anyMatch(line -> line.startsWith("providers[0].base_url: "))
                    .anyMatch(line -> line.startsWith("providers[1].name: "))
                    .anyMatch(line -> line.startsWith("routing.failover.max_attempts: 0 "))
                    .anyMatch(line -> line.startsWith("routing.groups[0].providers[0]: ")))
        .hasMessageContaining("\n  routing.failover.max_attempts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "production", "failover", "cost"})
  void what_a_file_may_say_code_may_say_too(String name) {
    Vertx vertx = Vertx.vertx();
    Path file = Path.of("src/test/resources/config", name + ".yml");
    ReadOptions options =
        ReadOptions.of(
            Map.of("OPENAI_API_KEY", "k$1", "ANTHROPIC_API_KEY", "k", "INFERMUX_API_KEY", "k"));

    ConfigResult result = ConfigReader.read(vertx, file, options).await();

    vertx.close().await();
    if (result instanceof ConfigResult.Loaded loaded) {
      assertThatCode(() -> ConfigReader.check(loaded.config())).doesNotThrowAnyException();
    } else {
      assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    }
  }

  @Test
  void one_without_providers_may_get_some_later() {
    assertThatCode(() -> ConfigReader.check(Config.defaults())).doesNotThrowAnyException();
  }
}
