package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are made, used and revoked while the gateway runs. */
@ExtendWith(VertxExtension.class)
class VirtualKeyTest {

  private static final String KEYS = "/_infermux/keys";

  @TempDir Path directory;
  private @Nullable FileGateway gateway;

  @AfterEach
  void close() {
    gateway().close();
  }

  @Test
  void a_key_is_shown_once_decides_the_attribution_and_ends_when_revoked(Vertx vertx) {
    start(vertx);

    WireAnswer made = create("{'caller':'bot','project':'p','env':'test'}");
    String key = made.json().getString("key");
    WireAnswer answered = call(key);
    String list = gateway().get(KEYS).body();
    JsonObject record =
        gateway()
            .get("/_infermux/requests?limit=1")
            .json()
            .getJsonArray("requests")
            .getJsonObject(0);
    WireAnswer revoked = gateway().send("DELETE", KEYS + "/" + made.json().getString("id"), "");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("cache-control")).isEqualTo("no-store");
    assertThat(answered.status()).isEqualTo(200);
    assertThat(record.getString("caller")).isEqualTo("bot");
    assertThat(list).contains("bot").doesNotContain(key).doesNotContain("sha256");
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(call(key).status()).isEqualTo(401);
    assertThat(gateway().send("DELETE", KEYS + "/key_none", "").status()).isEqualTo(404);
    assertThat(call("filed").status()).isEqualTo(200);
  }

  @Test
  void that_a_key_was_made_and_revoked_is_told(Vertx vertx) {
    start(vertx);
    BusEvents events = new BusEvents(vertx);

    String id = create("{'caller':'bot'}").json().getString("id");
    gateway().send("DELETE", KEYS + "/" + id, "");
    gateway().send("DELETE", KEYS + "/" + id, "");

    assertThat(events.configs(2))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getString("trigger")).isEqualTo("api");
              assertThat(event.getJsonArray("changed")).containsExactly("auth");
            });
  }

  @Test
  void models_budget_limits_and_expiry_count(Vertx vertx) {
    start(vertx);
    String end = Instant.now().plusMillis(1500).toString();

    String other = key("{'caller':'other','models':['n*']}");
    String poor = key("{'caller':'poor','budget':{'monthly_usd':0.000001}}");
    String slow = key("{'caller':'slow','limits':{'requests_per_minute':1}}");
    String brief = key("{'caller':'brief','expires_at':'" + end + "'}");
    int first = call(slow).status();

    assertThat(call(other).status()).isEqualTo(403);
    assertThat(call(other).error().getString("code")).isEqualTo("model_not_allowed");
    assertThat(call(poor).error().getString("code")).isEqualTo("budget_exceeded");
    assertThat(first).isEqualTo(200);
    assertThat(call(slow).error().getString("code")).isEqualTo("caller_rate_limit");
    await().until(() -> call(brief).status() == 401);
    assertThat(call(brief).error().getString("message")).contains("expired at " + end);
    assertThat(gateway().get("/_infermux/costs/caller/poor").json().getDouble("budget_usd"))
        .isEqualTo(0.000001);
  }

  @Test
  void lists_show_what_a_key_may_ask_for_and_nothing_else(Vertx vertx) {
    start(vertx);
    gateway()
        .reload(yaml().replace("[m] }]", "[m, n1, n2] }, { name: b, type: mock, models: [o] }]"));
    String narrow = key("{'caller':'narrow','models':['n*']}");
    String wide = key("{'caller':'wide'}");

    for (String key : new String[] {wide, "filed"}) {
      assertThat(listed("/v1/models", "id", key)).containsExactly("m", "n1", "n2", "o");
      assertThat(listed("/api/tags", "name", key)).containsExactly("m", "n1", "n2", "o");
    }
    assertThat(listed("/v1/models", "id", narrow)).containsExactly("n1", "n2");
    assertThat(listed("/api/tags", "name", narrow)).containsExactly("n1", "n2");
    JsonObject page = get("/v1/models", narrow, "anthropic-version: 2023-06-01").json();
    assertThat(page.getString("first_id")).isEqualTo("n1");
    assertThat(page.getString("last_id")).isEqualTo("n2");
    assertThat(get("/v1/models/n1", narrow).status()).isEqualTo(200);
    assertThat(get("/v1/models/m", narrow).error().getString("code")).isEqualTo("model_not_found");
    assertThat(get("/providers", narrow).body())
        .isEqualTo("{\"providers\":[{\"name\":\"a\",\"models\":[\"n1\",\"n2\"]}]}");
  }

  private WireAnswer get(String path, String key, String... more) {
    String[] headers = Arrays.copyOf(more, more.length + 1);
    headers[more.length] = "Authorization: Bearer " + key;
    return gateway().get(path, headers);
  }

  private List<String> listed(String path, String field, String key) {
    JsonObject list = get(path, key).json();
    return list.getJsonArray(list.containsKey("data") ? "data" : "models").stream()
        .map(one -> ((JsonObject) one).getString(field))
        .toList();
  }

  @Test
  void what_cannot_be_meant_is_refused_with_all_problems(Vertx vertx) {
    start(vertx);
    key("{'caller':'bot','budget':{'monthly_usd':5}}");

    WireAnswer wrong = create("{'models':[],'expires_in':'soon','modles':1}");
    WireAnswer twice = create("{'caller':'bot','budget':{'monthly_usd':6}}");
    WireAnswer filed = create("{'caller':'filed','budget':{'monthly_usd':6}}");
    WireAnswer none = gateway().post(KEYS, "[]");
    WireAnswer all = create("{'caller':'*','budget':{'monthly_usd':0}}");
    WireAnswer nobody = create("{'caller':'anonymous'}");
    WireAnswer doubled = create("{'caller':'x','caller':'y'}");

    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.error().getString("message"))
        .contains("caller", "models", "expires_in", "modles");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(filed.status()).isEqualTo(409);
    assertThat(none.status()).isEqualTo(400);
    assertThat(all.error().getString("message")).startsWith("caller: *");
    assertThat(nobody.error().getString("message")).startsWith("caller: anonymous");
    assertThat(doubled.error().getString("message")).contains("each field once");
  }

  @Test
  void keys_survive_a_restart_hashed_and_for_the_owner_alone(Vertx vertx) throws Exception {
    start(vertx);
    String key = key("{'caller':'bot','models':['m'],'budget':{'monthly_usd':5}}");
    Path file = directory.resolve("keys.json");
    String kept = Files.readString(file);
    gateway().close();

    start(vertx);

    assertThat(kept).contains("sha256").doesNotContain(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(call(key).status()).isEqualTo(200);
    assertThat(gateway().get("/_infermux/costs/caller/bot").json().getDouble("budget_usd"))
        .isEqualTo(5);
    gateway().close();
    Files.writeString(file, "{\"format\":\"other\"}");
    assertThatThrownBy(() -> start(vertx)).hasMessageContaining("auth.keys_file");
    assertThat(Files.readString(file)).isEqualTo("{\"format\":\"other\"}");
  }

  @Test
  void keys_go_where_a_link_leads_and_leave_the_link(Vertx vertx) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk")).resolve("keys.json");
    Path link = Files.createSymbolicLink(directory.resolve("keys.json"), disk);
    start(vertx);

    key("{'caller':'bot'}");

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(disk)).contains("sha256");
  }

  @Test
  void a_key_that_cannot_be_kept_is_not_made_and_says_why(Vertx vertx) throws Exception {
    Files.createSymbolicLink(directory.resolve("keys.json"), directory.resolve("none/keys.json"));
    start(vertx);

    WireAnswer refused = create("{'caller':'bot'}");

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.error().getString("code")).isEqualTo("keys_not_written");
    assertThat(refused.error().getString("message"))
        .startsWith("auth.keys_file: no such file or directory (expected: a directory that");
    assertThat(gateway().get(KEYS).json().getJsonArray("keys")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests_per_minute", "tokens_per_minute", "max_in_flight"})
  void a_key_with_one_limit_alone_survives_a_restart(String limit, Vertx vertx) {
    start(vertx);
    JsonObject made = create("{'caller':'bot','limits':{'" + limit + "':7}}").json();
    gateway().close();

    start(vertx);

    JsonObject kept = gateway().get(KEYS).json().getJsonArray("keys").getJsonObject(0);
    assertThat(kept.getJsonObject("limits")).isEqualTo(made.getJsonObject("limits"));
  }

  @Test
  void a_file_of_keys_that_cannot_be_read_is_told_as_what_a_user_can_mend(Vertx vertx)
      throws Exception {
    start(vertx);
    gateway().close();
    Files.createDirectory(directory.resolve("keys.json"));

    assertThatThrownBy(() -> start(vertx))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auth.keys_file: ")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void a_budget_of_a_key_that_cannot_do_what_it_says_is_warned_of(Vertx vertx) {
    start(vertx);

    WireAnswer made =
        create(
            "{'caller':'bot','budget':"
                + "{'monthly_usd':3,'action':'model_override','model_override':'gone'}}");

    assertThat(made.json().getJsonArray("warnings"))
        .containsExactly("budget.model_override: no configured provider serves gone");
  }

  @Test
  void a_reload_leaves_keys_as_they_are(Vertx vertx) {
    start(vertx);
    String poor = key("{'caller':'poor','budget':{'monthly_usd':0.000001}}");

    gateway().reload(yaml().replace("static_key", "passthrough"));

    assertThat(call(poor).error().getString("code")).isEqualTo("budget_exceeded");
    assertThat(call("imx-unknown").status()).isEqualTo(401);
    assertThat(call("anything").status()).isEqualTo(200);
  }

  private void start(Vertx vertx) {
    gateway = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml());
  }

  private FileGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  private String yaml() {
    return """
    providers: [{ name: a, type: mock, models: [m] }]
    pricing: { a: { m: { input_per_million: 1000, output_per_million: 1000 } } }
    budgets: [{ caller: filed, monthly_usd: 100 }]
    auth:
      mode: static_key
      keys: [{ key: filed, caller: filed }]
      keys_file: %s
    """
        .formatted(directory.resolve("keys.json"));
  }

  private WireAnswer create(String body) {
    return gateway().post(KEYS, body.replace('\'', '"'));
  }

  private String key(String body) {
    WireAnswer made = create(body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().getString("key");
  }

  private WireAnswer call(String key) {
    return gateway().call("Authorization: Bearer " + key);
  }
}
