package dev.infermux.cluster.bus;

import static java.util.Collections.disjoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferCancel;
import dev.infermux.mist.InferChunk;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.InferFailure;
import dev.infermux.mock.Mock;
import dev.infermux.policy.circuit.CircuitState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three nodes, whose bus speaks TLS: one that serves others, one that does not, and one that only
 * asks and listens.
 */
class ClusterBusTest {

  private static final String INFER = "mist.infer.request";
  private static final String EVENTS = "/_infermux/events?types=inference";
  private static final Duration LONG = Duration.ofSeconds(60);

  private static LocalCluster cluster;
  private static Mock open;
  private static Mock closed;
  private static InferMux serving;
  private static InferMux refusing;
  private static Vertx asking;

  @BeforeAll
  static void open() {
    cluster = LocalCluster.of(3);
    String[] models = {
      "ok", "mock-status-500", "mock-hang", "mock-pace-20ms", "mock-stall-after-1"
    };
    open = Mock.named("openai").models(models).script("ok", "text-\"one two three\"");
    closed = Mock.named("openai").models(models).script("ok", "text-\"one two three\"");
    serving = cluster.router(0, open, true);
    refusing = cluster.router(1, closed, false);
    asking = cluster.vertx(2);
  }

  /** One test's failures, and what others heard of an open circuit, must not refuse the next. */
  @BeforeEach
  void closeCircuits() {
    serving.resetCircuit("openai");
    refusing.resetCircuit("openai");
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void a_request_of_another_node_is_answered_and_only_where_that_is_allowed() {
    long before = closed.count();
    for (int i = 0; i < 10; i++) {
      Envelope reply = ask("answer-" + i, "ok", false).await().body();
      assertThat(reply.type()).isEqualTo(MistType.INFER_RESPONSE);
      assertThat(reply.payloadAs(InferResponse.class).content()).isEqualTo("one two three");
    }

    assertThat(closed.count()).as("remote_calls: false").isEqualTo(before);
    assertThat(open.count()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void a_request_of_another_node_fails_with_its_code() {
    InferFailure failure =
        catchThrowableOfType(
            InferFailure.class, () -> ask("failed", "mock-status-500", false).await());

    assertThat(failure.error().code()).isEqualTo("upstream_error");
    assertThat(failure.error().status()).isEqualTo(502);
  }

  @Test
  void a_stream_crosses_whole() {
    Message<Envelope> piece = ask("stream", "mock-pace-20ms", true).await();
    StringBuilder text = new StringBuilder(chunk(piece).delta());
    while (!chunk(piece).last()) {
      piece = piece.<Envelope>replyAndRequest(null).await();
      text.append(chunk(piece).delta());
    }

    assertThat(text.toString()).isEqualTo("mock: Hi");
  }

  @Test
  void a_request_of_another_node_is_cancelled_by_its_id() {
    Message<Envelope> begun = ask("cancelled", "mock-stall-after-1", true).await();
    Future<Message<Envelope>> next = begun.replyAndRequest(null);

    asking
        .eventBus()
        .publish(
            "mist.infer.cancel",
            Envelope.of("t", MistType.INFER_CANCEL, new InferCancel("cancelled")));

    InferFailure failure = catchThrowableOfType(InferFailure.class, next::await);
    assertThat(failure.error().code()).isEqualTo("cancelled");
  }

  @Test
  void each_event_reaches_subscribers_of_all_nodes_once() {
    List<List<String>> heard =
        List.of(listen(cluster.vertx(0)), listen(cluster.vertx(1)), listen(cluster.vertx(2)));

    // Nodes learn of a subscriber a moment after it has subscribed.
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              first.add(call(serving));
              second.add(call(refusing));
              return heard.stream().noneMatch(ids -> disjoint(ids, first) || disjoint(ids, second));
            });
    String here = call(serving);
    String there = call(refusing);

    for (List<String> ids : heard) {
      await().atMost(LONG).until(() -> ids.containsAll(Set.of(here, there)));
    }
    String marker = call(serving);
    for (List<String> ids : heard) {
      await().atMost(LONG).until(() -> ids.contains(marker));
      assertThat(ids.stream().filter(here::equals)).hasSize(1);
      assertThat(ids.stream().filter(there::equals)).hasSize(1);
    }
  }

  @Test
  void each_event_of_all_nodes_reaches_a_reader_at_one_of_them_once() {
    StringBuffer read = new StringBuffer();
    HttpClient client = asking.createHttpClient();
    client
        .request(HttpMethod.GET, refusing.listen().await().port(), "127.0.0.1", EVENTS)
        .compose(asked -> asked.send())
        .onSuccess(answer -> answer.handler(piece -> read.append(piece.toString("UTF-8"))));
    List<String> first = new CopyOnWriteArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              first.add(call(serving));
              return first.stream().anyMatch(id -> times(id, read) > 0);
            });

    List<String> ids = List.of(call(serving), call(refusing), call(serving));

    await().atMost(LONG).until(() -> ids.stream().allMatch(id -> times(id, read) > 0));
    assertThat(ids).allSatisfy(id -> assertThat(times(id, read)).isEqualTo(1));
    client.close().await();
  }

  private static int times(String id, CharSequence text) {
    return text.toString().split(Pattern.quote("\"request_id\":\"" + id), -1).length - 1;
  }

  @Test
  void both_are_ready_once_they_hear_each_other() {
    int port = serving.listen().await().port();

    await().atMost(LONG).until(() -> get(port, "ready").equals("200"));
    await()
        .atMost(LONG)
        .until(() -> get(port, "metrics").contains("\ninfermux_cluster_nodes 2.0\n"));
    assertThat(get(port, "metrics")).contains("\ninfermux_cluster_nodes_expected 2.0\n");
  }

  @Test
  void what_one_node_has_seen_makes_one_failure_enough_at_the_other() {
    InferMux tester = refusing;
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> serving.infer(request("mock-status-500")).await()).isNotNull();
    }
    assertThat(serving.circuitStates()).containsEntry("openai", CircuitState.OPEN);
    assertThat(tester.circuitStates()).containsEntry("openai", CircuitState.CLOSED);

    // Of itself a failure between two successes opens nothing here.
    await()
        .atMost(LONG)
        .until(
            () -> {
              tester.infer(request("ok")).otherwiseEmpty().await();
              tester.infer(request("mock-status-500")).otherwiseEmpty().await();
              return tester.circuitStates().get("openai") == CircuitState.OPEN;
            });

    tester.resetCircuit("openai");
    serving.resetCircuit("openai");
  }

  @Test
  void forged_hints_neither_stop_nor_free_anything() {
    for (String address : List.of("state", "circuit", "limited", "health")) {
      asking.eventBus().publish("infermux.nodes." + address, new JsonObject().put("node", 1));
      asking.eventBus().publish("infermux.nodes." + address, "text");
      asking
          .eventBus()
          .publish(
              "infermux.nodes." + address,
              new JsonObject().put("node", "ghost").put("upstream", "x").put("millis", -1));
    }

    assertThat(ask("after", "ok", false).await().body().type()).isEqualTo(MistType.INFER_RESPONSE);
    assertThat(serving.circuitStates()).containsEntry("openai", CircuitState.CLOSED);
  }

  @Test
  void nodes_listen_at_one_address_and_speak_to_nobody_without_a_certificate() throws Exception {
    int bus = cluster.options(0).busPort();
    try (ServerSocket other = new ServerSocket(bus, 1, InetAddress.getByName("127.0.0.2"));
        ServerSocket member =
            new ServerSocket(cluster.options(0).port(), 1, InetAddress.getByName("127.0.0.3"))) {
      assertThat(other.isBound()).isTrue();
      assertThat(member.isBound()).isTrue();
    }
    try (Socket plain = new Socket("127.0.0.1", bus)) {
      plain.setSoTimeout((int) LONG.toMillis());
      plain.getOutputStream().write(new byte[] {0, 0, 0, 4, 1, 2, 3, 4});
      plain.getOutputStream().flush();
      byte[] answer = plain.getInputStream().readAllBytes();
      assertThat(answer.length == 0 || answer[0] == 21).as("nothing, or a TLS alert").isTrue();
    }
  }

  @Test
  void a_public_address_does_not_start() {
    HazelcastClusters factory = new HazelcastClusters();

    assertThatThrownBy(
            () ->
                factory
                    .join(new VertxOptions(), cluster.options(0).withHost("203.0.113.7"))
                    .await())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster.host: \"203.0.113.7\" is a public address");
  }

  private static List<String> listen(Vertx vertx) {
    List<String> ids = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<Envelope>consumer(
            "infermux.events.inference",
            event ->
                ids.add(
                    new JsonObject(
                            new String(event.body().payload().json(), StandardCharsets.UTF_8))
                        .getString("request_id")))
        .completion()
        .await();
    return ids;
  }

  /** A call whose event is published at its node; the answer has the id. */
  private static String call(InferMux router) {
    List<String> ids = new CopyOnWriteArrayList<>();
    var listening = router.onRequest(call -> ids.add(call.call().requestId()));
    router.infer(request("ok")).await();
    listening.cancel();
    return ids.get(0);
  }

  private static InferRequest request(String model) {
    return InferRequest.of(model, List.of(ChatMessage.of("user", "Hi")));
  }

  private static Future<Message<Envelope>> ask(String id, String model, boolean stream) {
    String json =
        "{\"params\":{\"stream\":%b},\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .formatted(stream, model);
    Envelope request =
        Envelope.of(
                "asking",
                MistType.INFER_REQUEST,
                new RawPayload(json.getBytes(StandardCharsets.UTF_8)))
            .withId(id);
    return asking.eventBus().request(INFER, request);
  }

  private static InferChunk chunk(Message<Envelope> message) {
    return message.body().payloadAs(InferChunk.class);
  }

  private static String get(int port, String path) {
    HttpClient client = asking.createHttpClient();
    try {
      return client
          .request(HttpMethod.GET, port, "127.0.0.1", "/_infermux/" + path)
          .compose(request -> request.send())
          .compose(
              response ->
                  response
                      .body()
                      .map(
                          body ->
                              path.equals("ready")
                                  ? Integer.toString(response.statusCode())
                                  : body.toString()))
          .await();
    } finally {
      client.close();
    }
  }
}
