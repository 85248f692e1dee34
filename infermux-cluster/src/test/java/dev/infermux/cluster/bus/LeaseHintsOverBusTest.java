package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.CallOptions;
import dev.infermux.InferMux;
import dev.infermux.cluster.postgres.TestPostgres;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two gateways near the limit of one budget in a real PostgreSQL, on a real bus that somebody else
 * listens and writes to.
 */
class LeaseHintsOverBusTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String WANTED = "infermux.nodes.lease.wanted";
  private static final String DATABASE = TestPostgres.unused("hints");

  @TempDir private static Path directory;
  private static TestPostgres postgres;
  private static LocalCluster cluster;

  @BeforeAll
  static void open() {
    postgres = TestPostgres.shared();
    cluster = LocalCluster.of(3);
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void node_that_holds_what_another_waits_for_hears_of_it_and_hints_alone_move_no_money() {
    String url = postgres.database(DATABASE);
    Queue<JsonObject> hints = new ConcurrentLinkedQueue<>();
    cluster
        .vertx(2)
        .eventBus()
        .<JsonObject>consumer(WANTED, message -> hints.add(message.body().copy()))
        .completion()
        .await();
    InferMux one = router(0, url);
    InferMux two = router(1, url);

    // Each call may cost two thirds of the budget: the second node has to have what the first has.
    await().atMost(LONG).until(() -> call(one).equals("ok"));
    await().atMost(LONG).until(() -> call(two).equals("ok") && !hints.isEmpty());
    await()
        .atMost(LONG)
        .until(
            () -> {
              call(one);
              call(two);
              return hints.stream().map(hint -> hint.getString("from")).distinct().count() == 2;
            });

    assertThat(hints)
        .allSatisfy(
            hint -> {
              assertThat(hint.encode()).doesNotContain("team-a");
              assertThat(hint.getString("account")).matches("[0-9a-f]{32}");
            });
    JsonObject heard = hints.peek();
    for (int i = 0; i < 100; i++) {
      say(heard.copy().put("from", "somebody"));
      say(heard.copy().put("from", "somebody").put("account", "0".repeat(32)));
      say(new JsonObject().put("from", "x").put("caller", "team-a").put("month", month()));
      say(new JsonObject().put("from", 1).put("caller", "nobody").put("month", "13"));
      say(new JsonObject());
    }
    assertThat(number("count(*) FROM infermux.budget WHERE authorised > limit_nanos")).isZero();
    await().atMost(LONG).until(() -> call(one).equals("ok"));
    await().atMost(LONG).until(() -> call(two).equals("ok"));

    assertThat(number("count(*) FROM infermux.budget WHERE authorised > limit_nanos")).isZero();
    assertThat(number("count(*) FROM infermux.budget")).as("nobody's is made").isEqualTo(1);
    cluster.end(one);
    cluster.end(two);
    assertThat(number("count(*) FROM infermux.budget WHERE authorised <> settled OR kept <> 0"))
        .isZero();
    assertThat(number("sum(settled) FROM infermux.budget"))
        .isEqualTo(number("sum(nanos) FROM infermux.cost_hour"));
  }

  private static InferMux router(int node, String url) {
    return cluster.router(
        node,
        directory.resolve("node-" + node + ".yml"),
        """
        listen: 127.0.0.1:0
        budgets:
          state_file: %s
          reserve_output_tokens: 1000
          shared: { url: "%s" }
          callers: [{ caller: team-a, monthly_usd: 0.015 }]
        providers:
        - { name: echo, type: echo, models: [echo-v1] }
        """
            .formatted(directory.resolve("budgets-" + node + ".json"), url));
  }

  /** A thousand tokens at a thousandth of a cent, of which it uses a few. */
  private static String call(InferMux router) {
    return router
        .infer(
            InferRequest.of("echo-v1", List.of(ChatMessage.of("user", "Hi"))),
            CallOptions.defaults().withAttribution(new Attribution("team-a", "", "")))
        .map("ok")
        .otherwise(cause -> InferenceException.failureOf(cause).code())
        .await();
  }

  private static void say(JsonObject hint) {
    cluster.vertx(2).eventBus().publish(WANTED, hint);
  }

  private static String month() {
    return YearMonth.now(ZoneOffset.UTC).toString();
  }

  private static long number(String select) {
    return Long.parseLong(postgres.value(DATABASE, "SELECT " + select));
  }
}
