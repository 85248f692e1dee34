package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.LogLevel;
import dev.infermux.config.LogOptions;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a file that is read again changes of a gateway that is serving. */
@ExtendWith(VertxExtension.class)
class ReloadTest {

  private static final String A = "providers: [{ name: a, type: mock, models: [m] }]\n";
  private static final String PROVIDERS = "/_infermux/providers";
  private static final String CALLER = "X-Infermux-Caller: team";

  @TempDir Path directory;
  private @Nullable FileGateway started;

  @AfterEach
  void close() {
    gateway().close();
  }

  @Test
  void prices_change_and_so_does_a_price_list_whose_path_stays(Vertx vertx) throws Exception {
    Path list = directory.resolve("prices.json");
    FileGateway.priceList(list, "2");
    String listed = "providers: [{ name: openai, type: mock, models: [m] }]\npricing_file: " + list;
    start(vertx, listed + "\n");
    BigDecimal first = cost();

    FileGateway.priceList(list, "4");
    WireAnswer again = gateway().reload();
    BigDecimal second = cost();
    gateway()
        .reload(
            listed
                + "\n"
                + "pricing: { openai: { m: { input_per_million: 6, output_per_million: 0 } }"
                + " }\n");

    assertThat(again.json().getJsonArray("changed")).containsExactly("pricing, pricing_file");
    assertThat(second).isEqualByComparingTo(first.multiply(BigDecimal.valueOf(2)));
    assertThat(cost()).isEqualByComparingTo(first.multiply(BigDecimal.valueOf(3)));
  }

  @Test
  void a_budget_changes_and_what_was_spent_stays(Vertx vertx) {
    String priced =
        A + "pricing: { a: { m: { input_per_million: 1000, output_per_million: 1000 } } }\n";
    start(vertx, priced + "budgets: [{ caller: team, monthly_usd: 100 }]\n");
    gateway().call(CALLER);
    double spent = spent();

    gateway().reload(priced + "budgets: [{ caller: team, monthly_usd: 0.001 }]\n");
    WireAnswer refused = gateway().call(CALLER);
    double kept = spent();
    gateway().reload(priced + "budgets: [{ caller: team, monthly_usd: 50 }]\n");

    assertThat(spent).isPositive();
    assertThat(refused.error().getString("code")).isEqualTo("budget_exceeded");
    assertThat(kept).isEqualTo(spent);
    assertThat(gateway().call(CALLER).status()).isEqualTo(200);
    JsonObject account = gateway().get("/_infermux/costs/caller/team").json();
    assertThat(account.getDouble("budget_usd")).isEqualTo(50);
    assertThat(account.getDouble("total_usd")).isEqualTo(2 * spent);
    assertThat(gateway().get("/_infermux/metrics").body())
        .contains("infermux_budget_remaining_usd{caller=\"team\"}");

    gateway().reload(priced);
    assertThat(gateway().get("/_infermux/metrics").body())
        .contains("infermux_budget_held_usd 0")
        .doesNotContain("infermux_budget_remaining_usd{");
  }

  @Test
  @Timeout(60)
  void a_pipe_in_the_place_of_a_file_is_refused_and_holds_no_later_reload_up(Vertx vertx)
      throws Exception {
    start(vertx, A);
    Path keys = directory.resolve("pipe.pem");
    pipe(keys);
    WireAnswer named =
        gateway().reload(A + "tls: { cert_file: %s, key_file: %<s }".formatted(keys));
    WireAnswer priced = gateway().reload(A + "pricing_file: " + keys);
    Files.delete(gateway().file());
    pipe(gateway().file());

    WireAnswer read = gateway().reload();
    Files.delete(gateway().file());

    assertThat(named.error().getString("message")).contains("is a pipe or a device");
    assertThat(priced.error().getString("message")).contains("is a pipe or a device");
    assertThat(read.status()).isEqualTo(422);
    assertThat(read.error().getString("message")).contains("read at the start alone");
    assertThat(gateway().reload(A.replace("name: a", "name: b")).status()).isEqualTo(200);
  }

  private static void pipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void models_without_a_price_are_told_when_they_come(Vertx vertx) {
    start(vertx, A);
    String block = "{\"name\":\"b\",\"type\":\"mock\",\"models\":[\"free\"]}";

    JsonObject added = gateway().post(PROVIDERS, block).json();
    JsonObject reloaded = gateway().reload(A.replace("[m]", "[m2]")).json();

    assertThat(added.getJsonArray("warnings").encode()).contains("no price", "model free of");
    assertThat(reloaded.getJsonArray("warnings").encode())
        .contains("no price is known for model m2 of provider a")
        .doesNotContain("free");
  }

  @Test
  void a_change_with_a_query_changes_nothing(Vertx vertx) {
    start(vertx, A);
    String block = "{\"name\":\"b\",\"type\":\"echo\"}";

    WireAnswer tried = gateway().post(PROVIDERS + "?dry_run=true", block);
    WireAnswer removed = gateway().send("DELETE", PROVIDERS + "/a?force=no", "");
    WireAnswer opened = gateway().post(PROVIDERS + "/a/circuit/open?for=5m", "");

    assertThat(List.of(tried.status(), removed.status(), opened.status())).containsOnly(400);
    assertThat(tried.error().getString("message")).startsWith("query: dry_run: unknown");
    assertThat(gateway().get(PROVIDERS).body()).contains("closed").doesNotContain("\"b\"");
  }

  @Test
  void keys_limits_and_origins_change(Vertx vertx) {
    start(vertx, A);

    gateway()
        .reload(
            A
                + """
                auth:
                  mode: static_key
                  keys:
                    - { key: k1, caller: one, limits: { requests_per_minute: 1 } }
                    - { key: k2, caller: two }
                http: { cors: { origins: ["https://app.example.com"] } }
                """);

    assertThat(gateway().call().status()).isEqualTo(401);
    assertThat(gateway().call("Authorization: Bearer k1").status()).isEqualTo(200);
    assertThat(gateway().call("Authorization: Bearer k1").error().getString("code"))
        .isEqualTo("caller_rate_limit");
    WireAnswer paged =
        gateway().call("Authorization: Bearer k2", "Origin: https://app.example.com");
    assertThat(paged.header("access-control-allow-origin")).isEqualTo("https://app.example.com");

    gateway().reload(A);

    assertThat(gateway().call().status()).isEqualTo(200);
    assertThat(gateway().call("Origin: https://app.example.com").status()).isEqualTo(403);
  }

  @Test
  void retry_and_failover_change(Vertx vertx) {
    String down =
        """
        providers:
          - { name: a, type: mock, models: [m], mock: { script: status-503 } }
          - { name: b, type: mock, models: [m] }
        """;
    String order =
        "routing: { strategy: priority, retry: { attempts: 0 }, failover: { enabled: %s } }\n";
    start(vertx, down + order.formatted("false"));
    int alone = gateway().call().status();

    WireAnswer reloaded = gateway().reload(down + order.formatted("true"));

    assertThat(alone).isEqualTo(502);
    assertThat(reloaded.json().getJsonArray("changed")).containsExactly("routing.failover");
    assertThat(gateway().call().header("x-infermux-provider")).isEqualTo("b");
  }

  @Test
  void size_of_bodies_token_of_management_and_level_of_the_log_change(Vertx vertx) {
    start(vertx, A);

    WireAnswer reloaded =
        gateway()
            .reload(
                A
                    + """
                    limits: { max_body_bytes: 60 }
                    management: { token: operator }
                    log: { level: debug }
                    """);

    assertThat(reloaded.json().getJsonArray("changed"))
        .containsExactly("limits", "management", "log");
    assertThat(gateway().call().error().getString("code")).isEqualTo("request_too_large");
    WireAnswer stranger = gateway().reload();
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.header("www-authenticate")).isEqualTo("Bearer realm=\"infermux\"");
    assertThat(gateway().post("/_infermux/reload", "", "Authorization: Bearer operator").status())
        .isEqualTo(200);
    assertThat(gateway().logs()).extracting(LogOptions::level).containsExactly(LogLevel.DEBUG);
  }

  @Test
  void what_needs_a_restart_is_told_and_stays_as_it_is(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    start(vertx, A);

    gateway()
        .write(
            A.replace("[m]", "[m, n]") + "http: { idle_timeout: 3s }\ngrpc_listen: 127.0.0.1:1\n");
    JsonObject answer = gateway().reload().json();

    assertThat(answer.getString("status")).isEqualTo("applied");
    assertThat(answer.getJsonObject("providers").getJsonArray("changed")).containsExactly("a");
    assertThat(answer.getJsonArray("needs_restart"))
        .extracting(one -> ((JsonObject) one).getString("key"))
        .containsExactly("grpc_listen", "http");
    assertThat(events.configs(1).get(0).getJsonArray("needs_restart"))
        .containsExactly("grpc_listen", "http");
    assertThat(gateway().listening().grpcPort()).isNull();
  }

  @Test
  void a_file_that_cannot_be_used_changes_nothing_and_all_its_problems_are_told(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    start(vertx, A);

    WireAnswer answer =
        gateway()
            .reload(
                """
                providers: [{ name: a, type: mock, models: [m], timeout: -1s }]
                routing: { strategy: fastest }
                """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.error().getString("code")).isEqualTo("invalid_configuration");
    assertThat(answer.json().getJsonArray("problems"))
        .extracting(one -> ((JsonObject) one).getString("path"))
        .containsExactlyInAnyOrder("providers[0].timeout", "routing.strategy");
    JsonObject event = events.configs(1).get(0);
    assertThat(event.getString("status")).isEqualTo("rejected");
    assertThat(event.getString("trigger")).isEqualTo("api");
    assertThat(event.getJsonArray("problems")).hasSize(2);
    assertThat(gateway().call().status()).isEqualTo(200);
    assertThat(metric("infermux_config_last_reload_successful")).isEqualTo("0.0");
    assertThat(gateway().reload(A).json().getString("status")).isEqualTo("unchanged");
    assertThat(metric("infermux_config_last_reload_successful")).isEqualTo("1.0");
  }

  @Test
  void every_kind_of_file_that_cannot_be_read_is_rejected(Vertx vertx) throws Exception {
    start(vertx, A);
    Path file = gateway().file();
    String whole = FileGateway.complete(A);

    for (String broken :
        List.of(
            "",
            whole.substring(0, whole.length() - 4),
            "providers: [\n",
            "- a list\n",
            "providers: [{ name: a, type: mock, models: [m] }]\nproviders: []\n",
            "\u0000")) {
      Files.writeString(file, broken);
      assertThat(gateway().reload().status()).as(broken).isEqualTo(422);
      assertThat(gateway().call().status()).isEqualTo(200);
    }
    Files.delete(file);
    assertThat(
            gateway()
                .reload()
                .json()
                .getJsonArray("problems")
                .getJsonObject(0)
                .getString("message"))
        .endsWith("not found");
    Files.createDirectory(file);
    assertThat(gateway().reload().status()).isEqualTo(422);
    assertThat(gateway().call().status()).isEqualTo(200);
  }

  @Test
  void a_provider_that_was_added_by_hand_outlives_a_reload(Vertx vertx) {
    start(vertx, A);
    ProviderOptions b = ProviderOptions.of("b", ProviderType.MOCK).withModels("n");
    gateway().inferMux().addProvider(b).await();

    JsonObject kept =
        gateway().reload(A.replace("[m]", "[m, o]")).json().getJsonObject("providers");
    JsonObject taken =
        gateway()
            .reload(A.replace("}]", "}, { name: b, type: mock, models: [p] }]"))
            .json()
            .getJsonObject("providers");
    JsonObject gone = gateway().reload(A).json().getJsonObject("providers");

    assertThat(kept.getJsonArray("runtime")).containsExactly("b");
    assertThat(taken.getJsonArray("changed")).contains("b");
    assertThat(taken.getJsonArray("runtime")).isEqualTo(new JsonArray());
    assertThat(gone.getJsonArray("removed")).containsExactly("b");
  }

  @Test
  void rules_for_all_providers_reach_one_that_was_added_by_hand(Vertx vertx) {
    start(vertx, A);
    gateway()
        .post(
            PROVIDERS,
            "{\"name\":\"b\",\"type\":\"mock\",\"models\":[\"m\"],\"mock\":{\"script\":\"503\"}}");
    String careful = "routing: { strategy: priority, retry: { attempts: 0 } }\n";
    String once = "circuit_breaker: { consecutive_failures: 1 }\n";

    JsonArray changed =
        gateway()
            .reload(A.replace("[m]", "[other]") + careful + once)
            .json()
            .getJsonObject("providers")
            .getJsonArray("changed");
    gateway().call();

    assertThat(changed).containsExactly("a", "b");
    assertThat(gateway().get(PROVIDERS + "/b").json().getString("circuit")).isEqualTo("open");
    assertThat(gateway().reload().json().getJsonObject("providers").getJsonArray("changed"))
        .isEmpty();
  }

  @Test
  void what_all_calls_together_may_hold_changes(Vertx vertx) {
    start(vertx, A);

    gateway().reload(A + "limits: { max_buffered_bytes: 2000000 }\n");

    assertThat(gateway().get("/_infermux/metrics").body())
        .contains("infermux_buffered_bytes_limit 2000000.0");
  }

  @Test
  void what_is_open_to_all_is_told_as_at_the_start(Vertx vertx) {
    start(vertx, A + "management: { token: operator }\n");
    gateway().write(A + "management: { open: true }\n");

    JsonObject answer =
        gateway().post("/_infermux/reload", "", "Authorization: Bearer operator").json();

    assertThat(answer.getJsonArray("warnings").encode())
        .contains("management.open: whoever reaches 127.0.0.1:0 may turn circuits");
  }

  @Test
  void reload_right_behind_an_addition_leaves_the_provider_there(Vertx vertx) {
    start(vertx, A);

    for (int i = 0; i < 10; i++) {
      String name = "p-" + i;
      Future<?> adding =
          gateway().inferMux().addProvider(ProviderOptions.of(name, ProviderType.MOCK));
      gateway().reload();
      adding.await();
      assertThat(gateway().get(PROVIDERS + "/" + name).status()).as(name).isEqualTo(200);
    }
  }

  @Test
  void providers_come_and_go_by_hand_and_the_log_changes_its_level(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    start(vertx, A);

    WireAnswer unknown =
        gateway().post(PROVIDERS, "{\"name\":\"b\",\"type\":\"mock\",\"modles\":[]}");
    WireAnswer added =
        gateway().post(PROVIDERS, "{\"name\":\"b\",\"type\":\"mock\",\"models\":[\"n\"]}");
    WireAnswer twice = gateway().post(PROVIDERS, "{\"name\":\"b\",\"type\":\"mock\"}");
    WireAnswer row = gateway().get(PROVIDERS + "/b");
    WireAnswer removed = gateway().send("DELETE", PROVIDERS + "/a", "");
    WireAnswer gone = gateway().send("DELETE", PROVIDERS + "/a", "");
    assertThat(gone.error().getString("message")).endsWith("\"a\" (expected: b)");
    WireAnswer level = gateway().send("PUT", "/_infermux/log-level", "{\"level\":\"debug\"}");
    WireAnswer loud = gateway().post("/_infermux/log-level", "{\"level\":\"loud\"}");
    WireAnswer other = gateway().post("/_infermux/log-level", "{\"lvl\":\"debug\"}");
    assertThat(other.error().getString("message")).startsWith("body: [lvl] (expected: {\"level\"");

    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.error().getString("message")).contains("modles", "did you mean \"models\"");
    assertThat(added.status()).isEqualTo(201);
    assertThat(twice.error().getString("code")).isEqualTo("provider_exists");
    assertThat(row.json().getString("origin")).isEqualTo("runtime");
    assertThat(removed.json().getInteger("in_flight")).isZero();
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gateway().call().error().getString("code")).isEqualTo("model_not_found");
    assertThat(level.json().getString("level")).isEqualTo("debug");
    assertThat(loud.status()).isEqualTo(400);
    assertThat(events.configs(3).get(2).getJsonArray("changed")).containsExactly("log");
    assertThat(gateway().get("/_infermux/log-level").json().getString("level")).isEqualTo("debug");
    assertThat(gateway().logs()).extracting(LogOptions::level).containsExactly(LogLevel.DEBUG);
    assertThat(gateway().reload().json().getJsonObject("providers").getJsonArray("added"))
        .containsExactly("a");
  }

  @Test
  void without_a_file_nothing_is_read_again(Vertx vertx) {
    start(vertx, A);
    try (Gateway plain = Gateway.start(vertx)) {
      WireAnswer answer = plain.post("/_infermux/reload", "");

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.error().getString("code")).isEqualTo("no_configuration_file");
    }
  }

  @Test
  void a_file_is_watched_however_it_is_written(Vertx vertx) throws Exception {
    Path mounted = Files.createDirectories(directory.resolve("config"));
    Path data = mounted.resolve("..data");
    Path file = mounted.resolve("infermux.yml");
    Files.createSymbolicLink(data, version("v1", "one"));
    Files.createSymbolicLink(file, Path.of("..data", "infermux.yml"));
    started = FileGateway.start(vertx, file, "");

    // A ConfigMap of Kubernetes: a link to the next directory takes the place of the former one.
    Path next = Files.createSymbolicLink(mounted.resolve("..tmp"), version("v2", "two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    served("two");
    // Truncated and written anew, as by vi with backupcopy=yes, cp and shells.
    Files.writeString(data.resolve("infermux.yml"), text("three"));
    served("three");
    // Another file takes its name.
    Files.delete(file);
    gateway().write("providers: [{ name: four, type: mock, models: [m] }]\n");
    served("four");
  }

  private Path version(String name, String provider) throws Exception {
    Path version = Files.createDirectories(directory.resolve(name));
    Files.writeString(version.resolve("infermux.yml"), text(provider));
    return version;
  }

  private static String text(String provider) {
    return FileGateway.complete(
        "providers: [{ name: " + provider + ", type: mock, models: [m] }]\n");
  }

  private void served(String provider) {
    await().until(() -> provider.equals(gateway().call().header("x-infermux-provider")));
  }

  private FileGateway gateway() {
    return Objects.requireNonNull(started);
  }

  private void start(Vertx vertx, String yaml) {
    started = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml);
  }

  private BigDecimal cost() {
    return new BigDecimal(Objects.requireNonNull(gateway().call().header("x-infermux-cost")));
  }

  private double spent() {
    return gateway().get("/_infermux/costs/caller/team").json().getDouble("total_usd");
  }

  private String metric(String name) {
    return gateway()
        .get("/_infermux/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
