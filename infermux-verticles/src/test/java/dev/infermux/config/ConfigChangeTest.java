package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigChangeTest {

  private static final ProviderEntry A = entry("a");
  private static final ProviderEntry B = entry("b");
  private static final ProviderEntry C = entry("c");
  private static final Config AB = Config.defaults().withProviders(List.of(A, B));

  @Test
  void a_configuration_does_not_differ_from_itself() {
    ConfigChange change = ConfigChange.between(AB, AB.withProviders(List.of(entry("a"), B)));

    assertThat(change.none()).isTrue();
    assertThat(change.providers().kept()).containsExactly("a", "b");
  }

  @Test
  void another_order_of_the_providers_that_stay_is_a_change() {
    Config turned = AB.withProviders(List.of(B, entry("a")));

    ConfigChange change = ConfigChange.between(AB, turned);

    assertThat(change.sections()).containsExactly(ConfigSection.PROVIDERS);
    assertThat(change.providers().none()).isTrue();
    assertThat(ConfigChange.same(AB, turned)).isFalse();
    assertThat(ConfigChange.between(AB, AB.withProviders(List.of(C, A, B))).sections()).isEmpty();
    assertThat(ConfigChange.between(AB, AB.withProviders(List.of(B))).sections()).isEmpty();
  }

  @Test
  void providers_are_added_removed_and_kept_by_name() {
    ProviderChanges changes = ProviderChanges.between(List.of(A, B), List.of(C, B));

    assertThat(changes)
        .isEqualTo(new ProviderChanges(List.of("c"), List.of("a"), List.of(), List.of("b")));
    assertThat(changes.none()).isFalse();
  }

  @Test
  void any_option_or_policy_of_its_own_makes_a_provider_a_changed_one() {
    ProviderEntry slower = A.withOptions(A.options().withTimeout(Duration.ofSeconds(90)));
    ProviderEntry limited = A.withRateLimits(RateLimitOptions.defaults().withRequestsPerMinute(5));
    ProviderEntry wary = A.withCircuit(CircuitOptions.defaults().withConsecutiveFailures(1));
    ProviderEntry unchecked = A.withHealth(A.health().withDisabled(true));

    assertThat(List.of(slower, limited, wary, unchecked))
        .allSatisfy(
            next ->
                assertThat(ProviderChanges.between(List.of(A), List.of(next)))
                    .isEqualTo(new ProviderChanges(List.of(), List.of(), List.of("a"), List.of())));
  }

  @Test
  void two_providers_of_one_name_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderChanges.between(List.of(), List.of(A, B, entry("a"))))
        .withMessage("providers: two named \"a\" (expected: one)");
  }

  @Test
  void a_listener_comes_to_another_address_with_a_restart_only() {
    Config moved =
        AB.withHttp(AB.http().withListen(new ListenAddress("127.0.0.1", 9999)))
            .withManagementListen(new ListenAddress("127.0.0.1", 9998));

    ConfigChange change = ConfigChange.between(AB, moved);

    assertThat(change.providers().none()).isTrue();
    assertThat(change.sections())
        .containsExactly(ConfigSection.LISTEN, ConfigSection.MANAGEMENT_LISTEN);
    assertThat(change.afterRestart()).isEqualTo(change.sections());
    assertThat(ConfigChange.inForce(AB, moved)).isEqualTo(AB);
  }

  @Test
  void groups_and_strategy_are_replaced_with_the_providers() {
    RoutingOptions routing =
        RoutingOptions.defaults()
            .withStrategy(RoutingStrategy.PRIORITY)
            .withGroups(List.of(GroupOptions.of("g", List.of("m"))));
    Config next = AB.withProvider(C).withRouting(routing);

    ConfigChange change = ConfigChange.between(AB, next);

    assertThat(change.sections())
        .extracting(ConfigSection::key)
        .containsExactly("routing.strategy", "routing.groups");
    assertThat(change.afterRestart()).isEmpty();
    assertThat(ConfigChange.inForce(AB, next)).isEqualTo(next);
  }

  @Test
  void what_waits_for_a_restart_differs_again_at_the_next_comparison() {
    Config next =
        AB.withProviders(List.of(B))
            .withBudgets(BudgetOptions.defaults().withStateFile(Path.of("spent.json")))
            .withRouting(
                RoutingOptions.defaults()
                    .withFailover(FailoverOptions.defaults().withMaxAttempts(1)));

    Config inForce = ConfigChange.inForce(AB, next);
    ConfigChange left = ConfigChange.between(inForce, next);

    assertThat(left.providers().none()).isTrue();
    assertThat(left.sections()).containsExactly(ConfigSection.STATE_FILE);
  }

  /** All sections at once, so that one that is new is among them. */
  @Test
  void every_section_that_waits_for_a_restart_stays_as_it_was() {
    ConfigResult read =
        ConfigReader.read(
            new JsonObject(
                """
                { "listen": ":1", "management_listen": ":2", "grpc_listen": ":3",
                  "tls": { "cert_file": "c.pem", "key_file": "k.pem" },
                  "auth": { "keys_file": "keys.json" },
                  "http": { "idle_timeout": "3s" },
                  "providers": [{ "name": "a", "type": "echo", "models": ["m"] },
                                { "name": "b", "type": "echo", "models": ["m"] }],
                  "budgets": { "state_file": "b.json", "callers": [],
                               "shared": { "url": "postgresql://localhost/db" } },
                  "telemetry": { "capture_content": true },
                  "exporters": [{ "class": "com.example.Exporter" }],
                  "cluster": { "port": 5702 } }
                """),
            new ReadOptions(Map.of(), Overrides.of(Map.of()), false, false));
    Config next = ((ConfigResult.Loaded) read).config();

    Config inForce = ConfigChange.inForce(AB, next);
    List<ConfigSection> left = ConfigChange.between(inForce, next).sections();

    assertThat(left)
        .containsExactlyElementsOf(
            Arrays.stream(ConfigSection.values()).filter(one -> !one.replaceable()).toList());
  }

  @Test
  void what_stays_as_it_was_with_another_section_is_not_told_as_changed() {
    TlsOptions tls = new TlsOptions(Path.of("c.pem"), Path.of("k.pem"));
    Config certified = AB.withHttp(AB.http().withTls(tls));

    assertThat(ConfigChange.between(AB, certified).sections()).containsExactly(ConfigSection.TLS);
    assertThat(
            ConfigChange.between(
                    certified, AB.withHttp(AB.http().withTls(tls.withContents("others"))))
                .sections())
        .containsExactly(ConfigSection.CERTIFICATES);
  }

  private static ProviderEntry entry(String name) {
    return ProviderEntry.of(ProviderOptions.of(name, ProviderType.ECHO).withModels("m"));
  }
}
