package dev.infermux.cluster.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.infermux.cluster.changes.SharedNode.Reply;
import dev.infermux.cluster.postgres.TestPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share a real PostgreSQL; one Vert.x is a bus for both, two are none. */
class SharedChangesTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SPARE = "{'name':'spare','type':'echo','models':['spare-1']}";

  private static TestPostgres postgres;
  private static int databases;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Vertx another = Vertx.vertx();
  private final List<SharedNode> nodes = new ArrayList<>();
  private String database = "";
  private String url = "";

  @BeforeAll
  static void server() {
    postgres = TestPostgres.start();
  }

  @BeforeEach
  void fresh() {
    database = "changes" + ++databases;
    url = postgres.database(database);
  }

  @AfterEach
  void close() {
    nodes.parallelStream().forEach(SharedNode::close);
    vertx.close().await();
    another.close().await();
  }

  @AfterAll
  static void end() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void provider_added_at_one_node_answers_at_the_other_until_it_is_removed_at_any() {
    SharedNode one = start(vertx, "");
    SharedNode two = start(vertx, "");
    assertThat(two.call("spare-1", "")).isNotEqualTo(200);

    Reply added = one.manage("POST", "providers", SPARE);

    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.json().getString("origin")).isEqualTo("runtime");
    assertThat(one.call("spare-1", "")).isEqualTo(200);
    until(() -> two.call("spare-1", "") == 200);
    Reply again = two.manage("POST", "providers", SPARE);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("provider_exists");

    assertThat(two.manage("DELETE", "providers/spare", "").status()).isEqualTo(200);
    assertThat(two.has("spare")).isFalse();
    until(() -> !one.has("spare"));
    assertThat(one.call("spare-1", "")).isNotEqualTo(200);
    assertThat(one.manage("DELETE", "providers/spare", "").status()).isEqualTo(404);
  }

  @Test
  void key_of_one_node_is_let_in_at_the_other_until_it_is_revoked_and_only_its_hash_is_stored() {
    SharedNode one = start(vertx, "");
    SharedNode two = start(vertx, "");

    JsonObject made = one.manage("POST", "keys", "{'caller':'bot'}").json();

    String key = made.getString("key");
    assertThat(made.getJsonArray("warnings").encode()).doesNotContain("ends with this process");
    assertThat(one.call("echo-v1", key)).isEqualTo(200);
    until(() -> two.call("echo-v1", key) == 200);
    assertThat(two.manage("GET", "keys", "").body()).contains("bot").doesNotContain("sha256");
    postgres.sql(
        database,
        "DO $$ BEGIN IF EXISTS (SELECT 1 FROM infermux.change WHERE position('"
            + key
            + "' in body) > 0) THEN RAISE EXCEPTION 'the key itself is stored'; END IF; END $$");

    assertThat(two.manage("DELETE", "keys/" + made.getString("id"), "").status()).isEqualTo(200);
    assertThat(two.call("echo-v1", key)).isEqualTo(401);
    until(() -> one.call("echo-v1", key) == 401);
    assertThat(one.manage("DELETE", "keys/" + made.getString("id"), "").status()).isEqualTo(404);
  }

  @Test
  void budget_set_at_one_node_counts_at_all_survives_a_start_and_is_taken_back_by_any() {
    SharedNode one = start(vertx, "");
    SharedNode two = start(vertx, "");
    String key = one.manage("POST", "keys", "{'caller':'bot'}").json().getString("key");
    until(() -> two.call("echo-v1", key) == 200);

    Reply set = one.manage("POST", "budgets", "{'caller':'bot','monthly_usd':0.000000001}");

    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(set.json().getJsonArray("warnings").isEmpty()).isTrue();
    assertThat(one.call("echo-v1", key)).isEqualTo(429);
    until(() -> two.call("echo-v1", key) == 429);
    SharedNode late = start(vertx, "");
    assertThat(late.call("echo-v1", key)).isEqualTo(429);

    // A raised limit is in force when the last node has it.
    late.manage("POST", "budgets", "{'caller':'bot','monthly_usd':10}");
    for (SharedNode node : nodes) {
      until(() -> node.call("echo-v1", key) == 200);
    }
    until(() -> limit("bot") == 10_000_000_000L);

    // A lowered one when the first has it, and no node spends beyond it.
    two.manage("POST", "budgets", "{'caller':'bot','monthly_usd':1}");
    until(() -> limit("bot") == 1_000_000_000L);

    assertThat(late.manage("DELETE", "budgets/bot", "").status()).isEqualTo(200);
    until(() -> !one.manage("GET", "budgets", "").body().contains("bot"));
    assertThat(one.manage("DELETE", "budgets/bot", "").status()).isEqualTo(404);
  }

  private long limit(String caller) {
    return Long.parseLong(
        postgres.value(
            database,
            "SELECT max(limit_nanos) FROM infermux.budget WHERE account = '" + caller + "'"));
  }

  @Test
  void node_that_hears_no_hint_reads_it_all_the_same() {
    SharedNode one = start(vertx, "");
    SharedNode deaf = start(another, "");

    one.manage("POST", "providers", SPARE);
    String key =
        one.manage("POST", "keys", "{'caller':'bot','budget':{'monthly_usd':0.0000001}}")
            .json()
            .getString("key");

    until(() -> deaf.call("spare-1", "") == 200);
    until(() -> deaf.call("echo-v1", key) == 429 || deaf.call("echo-v1", key) == 200);
    assertThat(deaf.nodes().getJsonObject("changes").getInteger("version")).isEqualTo(2);
  }

  @Test
  void node_that_starts_has_what_was_changed_and_a_reload_brings_its_own_back() {
    SharedNode one = start(vertx, "- { name: other, type: echo, models: [other-1] }\n");
    one.manage("POST", "providers", SPARE);
    String key = one.manage("POST", "keys", "{'caller':'bot'}").json().getString("key");
    assertThat(one.manage("DELETE", "providers/other", "").status()).isEqualTo(200);

    SharedNode late = start(another, "- { name: other, type: echo, models: [other-1] }\n");

    assertThat(late.call("spare-1", key)).isEqualTo(200);
    assertThat(late.has("other")).isFalse();
    assertThat(late.manage("GET", "ready", "").status()).isEqualTo(200);
    Reply named = late.manage("POST", "providers", "{'name':'other','type':'echo','models':['x']}");
    assertThat(named.status()).isEqualTo(409);
    assertThat(named.message()).contains("reload");

    JsonObject reloaded = late.manage("POST", "reload", "").json();
    assertThat(reloaded.getString("status")).isEqualTo("applied");
    assertThat(reloaded.getJsonObject("providers").getJsonArray("added")).containsExactly("other");
    assertThat(late.has("other")).isTrue();
    assertThat(late.has("spare")).isTrue();
    until(() -> one.has("other"));
  }

  @Test
  void database_that_is_away_refuses_changes_and_nothing_is_half_done() {
    SharedNode one = start(vertx, "");
    String id = one.manage("POST", "keys", "{'caller':'bot'}").json().getString("id");
    takeAway();
    try {
      Reply added = one.manage("POST", "providers", SPARE);
      Reply revoked = one.manage("DELETE", "keys/" + id, "");

      assertThat(added.status()).isEqualTo(503);
      assertThat(added.code()).isEqualTo("ledger_unreachable");
      assertThat(added.message()).contains("nothing is changed").doesNotContain("Exception");
      assertThat(revoked.status()).isEqualTo(503);
      Reply budget = one.manage("POST", "budgets", "{'caller':'bot','monthly_usd':1}");
      assertThat(budget.status()).isEqualTo(503);
      assertThat(one.manage("GET", "budgets", "").json().getJsonArray("budgets")).isEmpty();
      assertThat(one.has("spare")).isFalse();
      assertThat(one.call("echo-v1", "")).isEqualTo(200);
      assertThat(one.nodes().getJsonObject("changes").getBoolean("behind")).isTrue();
    } finally {
      bringBack();
    }
    until(() -> one.manage("DELETE", "keys/" + id, "").status() == 200);
    assertThat(one.has("spare")).isFalse();
  }

  @Test
  @EnabledIfSystemProperty(named = "infermux.cluster.processes", matches = "true")
  void node_that_starts_without_the_database_has_what_it_had_last() {
    SharedNode one = start(vertx, "");
    one.manage("POST", "providers", SPARE);
    String key = one.manage("POST", "keys", "{'caller':'bot'}").json().getString("key");
    one.close();
    nodes.clear();
    postgres.stopImmediately();
    try {
      SharedNode again = start(vertx, "");

      assertThat(again.call("spare-1", key)).isEqualTo(200);
      assertThat(again.manage("GET", "ready", "").status()).isEqualTo(200);
      assertThat(again.nodes().getJsonObject("changes").getBoolean("behind")).isTrue();
      assertThat(again.manage("POST", "keys", "{'caller':'bot'}").status()).isEqualTo(503);
    } finally {
      postgres.startAgain();
    }
    until(() -> !nodes.get(0).nodes().getJsonObject("changes").getBoolean("behind"));
  }

  @Test
  void change_that_a_node_cannot_take_is_shown_there_and_at_the_others() {
    SharedNode one = start(vertx, "", Map.of("SPARE_API_KEY", "sk-1"));
    SharedNode two = start(vertx, "- { name: mine, type: echo, models: [mine-1] }\n");
    Reply literal =
        one.manage("POST", "providers", "{'name':'x','type':'openai','api_key':'sk-secret'}");
    assertThat(literal.status()).isEqualTo(422);
    assertThat(literal.message()).contains("_API_KEY").doesNotContain("sk-secret");

    String named =
        "{'name':'keyed','type':'openai','api_key':'${SPARE_API_KEY}',"
            + "'base_url':'http://127.0.0.1:9/v1','health_check':{'disabled':true}}";
    assertThat(one.manage("POST", "providers", named).status()).isEqualTo(201);
    one.manage("POST", "providers", "{'name':'mine','type':'echo','models':['their-1']}");

    until(() -> problems(two.nodes().getJsonObject("changes"), "problems").size() == 2);
    assertThat(problems(two.nodes().getJsonObject("changes"), "problems").encode())
        .contains("mine: this node's own", "${SPARE_API_KEY} is not set at this node");
    assertThat(two.call("mine-1", "")).isEqualTo(200);
    until(
        () ->
            one.nodes().getJsonArray("holders").stream()
                .map(JsonObject.class::cast)
                .anyMatch(holder -> problems(holder, "changes_problems").size() == 2));
    assertThat(two.manage("GET", "metrics", "").body())
        .contains("\ninfermux_changes_problems 2.0\n");
  }

  @Test
  void what_remains_of_a_budget_is_what_all_nodes_have_left_of_it() {
    SharedNode one = start(vertx, "");
    SharedNode idle = start(another, "");
    String key =
        one.manage("POST", "keys", "{'caller':'bot','budget':{'monthly_usd':1}}")
            .json()
            .getString("key");
    for (int i = 0; i < 3; i++) {
      assertThat(one.call("echo-v1", key)).isEqualTo(200);
    }

    until(() -> idle.manage("GET", "budgets", "").body().contains("bot"));
    until(() -> idle.manage("GET", "costs/caller/bot", "").body().contains("\"requests\":3"));

    JsonObject bot = idle.manage("GET", "costs/caller/bot", "").json();
    assertThat(bot.getDouble("budget_remaining_usd"))
        .isEqualTo(1 - bot.getDouble("total_usd"), within(1e-12))
        .isLessThan(1);
  }

  @Test
  void of_two_changes_at_once_both_count_or_the_second_is_told_what_is_in_its_way() {
    SharedNode one = start(vertx, "");
    SharedNode two = start(another, "");

    List<CompletableFuture<Reply>> added =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            (i % 2 == 0 ? one : two)
                                .manage("POST", "providers", SPARE.replace("spare", "p" + i))))
            .toList();
    List<CompletableFuture<Reply>> keys =
        List.of(one, two).stream()
            .map(
                node ->
                    CompletableFuture.supplyAsync(
                        () ->
                            node.manage(
                                "POST",
                                "keys",
                                "{'caller':'bot','budget':{'monthly_usd':"
                                    + (node == one ? 1 : 2)
                                    + "}}")))
            .toList();

    assertThat(keys.stream().map(CompletableFuture::join).map(Reply::status))
        .containsExactlyInAnyOrder(201, 409);
    assertThat(added.stream().map(CompletableFuture::join).map(Reply::status)).containsOnly(201);
    until(() -> count(one) == 6 && count(two) == 6);
  }

  @Test
  void what_alerts_and_dashboard_ask_of_several_nodes_is_there() throws IOException {
    SharedNode one = start(vertx, "");

    Set<String> asked = new TreeSet<>();
    for (Path file :
        List.of(Path.of("deploy/prometheus/alerts.yml"), Path.of("docs/grafana/infermux.json"))) {
      Matcher name =
          Pattern.compile("infermux_(?:lease|changes|cost_entries)_[a-z_]+")
              .matcher(Files.readString(Path.of("..").resolve(file)));
      while (name.find()) {
        asked.add(name.group());
      }
    }

    assertThat(asked).hasSizeGreaterThan(8);
    String scraped = one.manage("GET", "metrics", "").body();
    assertThat(asked).allSatisfy(name -> assertThat(scraped).contains("\n" + name + " "));
  }

  /** Nobody is let in, and who is in is put out. */
  private void takeAway() {
    postgres.sql("postgres", "ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS false");
    postgres.sql(
        "postgres",
        "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'; END $$");
  }

  private void bringBack() {
    postgres.sql("postgres", "ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS true");
  }

  private static long count(SharedNode node) {
    return IntStream.range(0, 6).filter(i -> node.has("p" + i)).count();
  }

  private static JsonArray problems(JsonObject json, String field) {
    return json.getJsonArray(field, new JsonArray());
  }

  private SharedNode start(Vertx at, String yaml) {
    return start(at, yaml, Map.of());
  }

  private SharedNode start(Vertx at, String yaml, Map<String, String> environment) {
    SharedNode node =
        SharedNode.start(at, directory.resolve("node" + nodes.size()), url, yaml, environment);
    nodes.add(node);
    return node;
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
