package dev.infermux.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.config.MockScripts;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockServer;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.policy.circuit.CircuitState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What three gateways on a real bus tell each other of one provider: two with the same credential,
 * one with another, whose bus somebody else writes to as well.
 */
class HintsOverBusTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String STATE = "infermux.nodes.state";
  private static final String CIRCUIT = "infermux.nodes.circuit";
  private static final String LIMITED = "infermux.nodes.limited";
  private static final String HEALTH = "infermux.nodes.health";
  private static final List<String> ADDRESSES = List.of(STATE, CIRCUIT, LIMITED, HEALTH);

  private static final Mock UPSTREAM = Mock.named("upstream");
  private static final Queue<Hint> HINTS = new ConcurrentLinkedQueue<>();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path directory;
  private static Vertx outside;
  private static LocalCluster cluster;
  private static InferMux oldest;
  private static InferMux other;
  private static InferMux stranger;
  private static int[] ports;

  /** As it was heard. */
  private record Hint(String address, JsonObject body) {}

  @BeforeAll
  static void open() {
    outside = Vertx.vertx();
    int upstream =
        MockServer.start(outside, "127.0.0.1", 0, UPSTREAM, new MockScripts()).await().port();
    cluster = LocalCluster.of(3);
    ADDRESSES.forEach(HintsOverBusTest::listen);
    oldest = router(0, upstream, "k-1", "1s");
    other = router(1, upstream, "k-1", "1h");
    stranger = router(2, upstream, "k-2", "1h");
    ports =
        new int[] {
          oldest.listen().await().port(),
          other.listen().await().port(),
          stranger.listen().await().port()
        };
    for (int port : ports) {
      await()
          .atMost(LONG)
          .until(() -> get(port, "metrics").contains("\ninfermux_cluster_nodes 3.0\n"));
    }
  }

  private static void listen(String address) {
    cluster
        .vertx(2)
        .eventBus()
        .<JsonObject>consumer(
            address, message -> HINTS.add(new Hint(address, message.body().copy())))
        .completion()
        .await();
  }

  private static InferMux router(int node, int upstream, String key, String interval) {
    return cluster.router(
        node,
        directory.resolve("node-" + node + ".yml"),
        """
        listen: 127.0.0.1:0
        circuit_breaker: { consecutive_failures: 4, recovery_window: 300s, error_rate_threshold: 1 }
        routing: { retry: { attempts: 0 }, failover: { enabled: false } }
        providers:
        - name: openai
          type: openai
          base_url: "http://127.0.0.1:%d/v1"
          api_key: %s
          models: [m, n, mock-status-500]
          rate_limits: { requests_per_minute: 60000 }
          health_check: { interval: %s }
        """
            .formatted(upstream, key, interval));
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
    outside.close().await();
  }

  @BeforeEach
  void forget() {
    UPSTREAM.unqueue();
    List.of(oldest, other, stranger).forEach(router -> router.resetCircuit("openai"));
  }

  @Test
  void an_opening_makes_one_failure_enough_where_the_credential_is_the_same() {
    for (int i = 0; i < 4; i++) {
      call(oldest, "mock-status-500");
    }
    assertThat(circuit(oldest)).isEqualTo(CircuitState.OPEN);
    assertThat(circuit(other)).isEqualTo(CircuitState.CLOSED);

    // Between two successes a failure opens nothing of itself.
    await()
        .atMost(LONG)
        .until(
            () -> {
              call(other, "m");
              call(other, "mock-status-500");
              return circuit(other) == CircuitState.OPEN;
            });

    call(stranger, "m");
    call(stranger, "mock-status-500");
    assertThat(circuit(stranger)).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void a_429_is_told_to_all_for_its_credential_and_model() {
    UPSTREAM.next("status-429+retry-after-40s");
    assertThat(call(oldest, "m")).isEqualTo("rate_limit");

    await().atMost(LONG).until(() -> call(other, "m").equals("rate_limit"));

    long asked = UPSTREAM.count();
    assertThat(call(other, "m")).isEqualTo("rate_limit");
    assertThat(UPSTREAM.count()).as("nobody asks in vain").isEqualTo(asked);
    assertThat(call(other, "n")).isEqualTo("ok");
    assertThat(call(stranger, "m")).isEqualTo("ok");
  }

  @Test
  void a_limit_goes_where_it_is_asked_for() {
    await()
        .atMost(LONG)
        .until(
            () -> {
              for (int i = 0; i < 20; i++) {
                call(oldest, "m");
              }
              return share(0) > 0.6 && share(1) < 0.3;
            });

    assertThat(share(1)).as("the floor").isGreaterThanOrEqualTo(0.09);
  }

  @Test
  void the_oldest_asks_for_the_health_of_the_provider_and_tells_who_has_its_credential() {
    UPSTREAM.script(UPSTREAM.script().withHealth(MockPlan.parse("status-503")));
    try {
      await().atMost(LONG).until(() -> !healthy(other));
      assertThat(other.health().get("openai").reason()).contains("503");
      assertThat(healthy(stranger)).as("asks itself, in an hour").isTrue();
    } finally {
      UPSTREAM.script(UPSTREAM.script().withHealth(MockPlan.parse("ok")));
    }
    await().atMost(LONG).until(() -> healthy(oldest) && healthy(other));
  }

  @Test
  void what_was_heard_before_opens_and_frees_nothing_when_it_comes_again_and_again() {
    UPSTREAM.next("status-429+retry-after-1s");
    call(oldest, "n");
    for (int i = 0; i < 4; i++) {
      call(oldest, "mock-status-500");
    }
    await().atMost(LONG).until(() -> heard(CIRCUIT) && heard(LIMITED) && heard(STATE));
    List<Hint> before = new ArrayList<>(HINTS);
    List.of(oldest, other).forEach(router -> router.resetCircuit("openai"));

    for (int i = 0; i < 20; i++) {
      before.forEach(hint -> say(hint.address(), hint.body()));
    }
    said();

    assertThat(circuit(oldest)).isEqualTo(CircuitState.CLOSED);
    assertThat(circuit(other)).isEqualTo(CircuitState.CLOSED);
    assertThat(call(other, "m")).isEqualTo("ok");
    assertThat(share(0)).isBetween(0.0, 1.0);
    assertThat(share(1)).isBetween(0.0, 1.0);
  }

  /** By somebody who has listened to the bus for a while, and speaks in a node's name. */
  @Test
  void forged_hints_make_nodes_careful_for_a_minute_and_no_more() {
    JsonObject forged = forged();
    other.openCircuit("openai");
    say(HEALTH, forged.copy().put("well", true).put("reason", ""));
    said();
    assertThat(circuit(other)).as("nothing closes it").isEqualTo(CircuitState.OPEN);
    other.resetCircuit("openai");

    for (int i = 0; i < 50; i++) {
      say(CIRCUIT, forged.copy().put("model", "m"));
    }
    say(LIMITED, forged.copy().put("model", "n").put("millis", Long.MAX_VALUE));
    await().atMost(LONG).until(() -> call(other, "n").equals("rate_limit"));

    assertThat(circuit(other)).isEqualTo(CircuitState.CLOSED);
    assertThat(call(other, "m")).isEqualTo("ok");
    assertThat(cooldownSeconds()).isLessThanOrEqualTo(60);
  }

  @Test
  void forged_demand_takes_no_more_than_the_floor_leaves_and_gives_nobody_more_than_all() {
    String upstream = forged().getString("upstream");
    String node = id(0);
    JsonObject greedy = state(node, upstream, 1e300);
    await()
        .atMost(LONG)
        .until(
            () -> {
              say(STATE, greedy);
              call(other, "m");
              return share(1) < 0.2;
            });
    assertThat(share(1)).isGreaterThanOrEqualTo(0.09);

    JsonObject negative = state(node, upstream, -1e300);
    for (int i = 0; i < 20; i++) {
      say(STATE, negative);
    }
    say(STATE, state("ghost", upstream, 1).put("leaving", true));
    said();

    assertThat(share(1)).isBetween(0.0, 1.0);
    assertThat(call(other, "m")).isEqualTo("ok");
  }

  /** A health hint of the oldest, as it was heard, without what it said. */
  private static JsonObject forged() {
    await().atMost(LONG).until(() -> heard(HEALTH));
    JsonObject heard =
        HINTS.stream()
            .filter(hint -> hint.address().equals(HEALTH))
            .map(Hint::body)
            .filter(body -> id(0).equals(body.getString("node")))
            .findFirst()
            .orElseThrow();
    return new JsonObject()
        .put("node", heard.getString("node"))
        .put("upstream", heard.getString("upstream"));
  }

  private static JsonObject state(String node, String upstream, double requests) {
    JsonObject genuine =
        HINTS.stream()
            .filter(hint -> hint.address().equals(STATE))
            .map(Hint::body)
            .filter(body -> node.equals(body.getString("node")))
            .findFirst()
            .orElseGet(() -> new JsonObject().put("node", node))
            .copy();
    return genuine.put(
        "providers", new JsonObject().put(upstream, new JsonArray().add(requests).add(requests)));
  }

  private static boolean heard(String address) {
    return HINTS.stream().anyMatch(hint -> hint.address().equals(address));
  }

  private static void say(String address, JsonObject hint) {
    cluster.vertx(2).eventBus().publish(address, hint.copy());
  }

  /** Waits until the nodes have taken what was said before: a node hears in order. */
  private static void said() {
    double before = ignored(1);
    say(CIRCUIT, new JsonObject().put("node", id(0)).put("upstream", "the last"));
    await().atMost(LONG).until(() -> ignored(1) > before);
  }

  private static double ignored(int node) {
    return metric(node, "infermux_cluster_hints_ignored_total ");
  }

  private static double share(int node) {
    return metric(node, "infermux_rate_limit_share{provider=\"openai\"} ");
  }

  private static double metric(int node, String name) {
    return get(ports[node], "metrics")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static String id(int node) {
    return new JsonObject(get(ports[node], "nodes"))
        .getJsonArray("nodes").stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getBoolean("self"))
            .map(one -> one.getString("id"))
            .findFirst()
            .orElseThrow();
  }

  /** How long the model n is left alone at most, by what the node shows. */
  private static double cooldownSeconds() {
    return new JsonObject(get(ports[1], "providers/openai"))
        .getJsonArray("cooldowns", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .mapToDouble(cooldown -> cooldown.getInteger("seconds_left"))
            .max()
            .orElseThrow();
  }

  private static boolean healthy(InferMux router) {
    return router.health().get("openai").healthy();
  }

  private static CircuitState circuit(InferMux router) {
    return router.circuitStates().get("openai");
  }

  private static String call(InferMux router, String model) {
    return router
        .infer(InferRequest.of(model, List.of(ChatMessage.of("user", "Hi"))))
        .map("ok")
        .otherwise(cause -> InferenceException.failureOf(cause).code())
        .await();
  }

  private static String get(int port, String path) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_infermux/" + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
