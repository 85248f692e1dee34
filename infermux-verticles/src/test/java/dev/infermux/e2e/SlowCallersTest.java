package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.vertx.EventLoops;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections on which nothing goes on are given up, at both listeners. */
@ExtendWith(VertxExtension.class)
class SlowCallersTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String PATH = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final String HEAD = "POST " + PATH + " HTTP/1.1\r\nHost: t\r\n";
  private static final ConnectionOptions PATIENT = limits(LONG, LONG, LONG, LONG);

  private Gateway gateway;

  private static ConnectionOptions limits(
      Duration head, Duration body, Duration idle, Duration write) {
    return ConnectionOptions.defaults()
        .withHeadTimeout(head)
        .withBodyTimeout(body)
        .withIdleTimeout(idle)
        .withWriteTimeout(write);
  }

  private void open(Vertx vertx, ConnectionOptions connections) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withHttp(config.http().withConnections(connections))
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connection_without_a_byte_is_closed(boolean management, Vertx vertx) {
    open(vertx, limits(SHORT, LONG, LONG, LONG));

    try (Wire wire = connect(management)) {
      assertThat(wire.ended()).isTrue();
    }
  }

  private Wire connect(boolean management) {
    return management
        ? Wire.connect(Objects.requireNonNull(gateway.listening().managementPort()))
        : gateway.connect();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void half_a_head_is_answered_and_closed(boolean management, Vertx vertx) {
    open(vertx, limits(SHORT, LONG, LONG, LONG));

    try (Wire wire = connect(management)) {
      WireAnswer answer = wire.send("GET /v1/models HTTP/1.1\r\nHost: t\r\nX-A").read();

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.error().getString("code")).isEqualTo("request_timeout");
      assertThat(wire.ended()).isTrue();
    }
  }

  @Test
  void body_that_stops_is_answered_and_closed(Vertx vertx) {
    open(vertx, limits(LONG, SHORT, LONG, LONG));

    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.send(HEAD + "Content-Length: 100\r\n\r\n{").read();

      assertThat(answer.status()).isEqualTo(408);
      assertThat(wire.ended()).isTrue();
    }
    assertThat(gateway.upstream().requests()).isEmpty();
  }

  @Test
  void kept_connection_is_closed_when_it_is_idle_and_not_before(Vertx vertx) {
    open(vertx, limits(LONG, LONG, SHORT, LONG));
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(wire.post(PATH, PLAIN).status()).isEqualTo(200);
      }
      assertThat(wire.ended()).isTrue();
    }
  }

  @Test
  void caller_who_waits_for_its_answer_is_left_alone(Vertx vertx) {
    open(vertx, limits(SHORT, SHORT, SHORT, SHORT));
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(Duration.ofMillis(1200)));

    assertThat(gateway.post(PATH, PLAIN).status()).isEqualTo(200);
  }

  @Test
  void answer_that_nobody_reads_is_given_up(Vertx vertx) {
    open(vertx, limits(LONG, LONG, LONG, SHORT));
    Buffer event = Buffer.buffer("data: " + Texts.delta("x".repeat(4096)) + "\n\n");
    gateway.upstream().next(MockAnswer.flood("text/event-stream", event, -1));

    try (Wire wire = Wire.connect(gateway.port(), 16 * 1024)) {
      wire.request("POST", PATH, Texts.stream(Gateway.MODEL, "Hi"));
      await().until(() -> !gateway.upstream().requests().isEmpty());
      MockRequest sent = gateway.upstream().lastRequest();

      await().until(sent::abandoned);
    }
  }

  /** Longer than its limit of time in all, never longer without a byte. */
  @Test
  void large_answer_that_is_read_slowly_is_read_to_its_end(Vertx vertx) {
    open(vertx, limits(LONG, LONG, LONG, Duration.ofSeconds(3)));
    String vectors = vectors(Integer.getInteger("slow.vectors", 64));
    gateway.upstream().next(MockAnswer.json(vectors));
    String request = "{\"model\":\"" + Gateway.MODEL + "\",\"input\":[\"x\"]}";

    try (Wire wire = Wire.connect(gateway.port(), 16 * 1024)) {
      WireAnswer answer =
          wire.request("POST", "/v1/embeddings", request)
              .readSlowly(64 * 1024, Duration.ofMillis(12));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(vectors);
    }
    assertThat(gateway.upstream().requests()).hasSize(1);
  }

  /** 40 KB each; OpenAI's largest answer has 2,048 of them. */
  private static String vectors(int count) {
    String row = "[" + "-0.012345678,".repeat(3071) + "0.1]";
    StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("{\"object\":\"embedding\",\"index\":").append(i);
      json.append(",\"embedding\":").append(row).append('}');
    }
    return json.append("],\"model\":\"m\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}")
        .toString();
  }

  @Test
  void idle_connections_make_room_for_those_that_ask(Vertx vertx) throws Exception {
    open(vertx, PATIENT.withMaxConnections(8));
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    List<Socket> idle = idle(100);
    awaitRoomMade(idle, vertx);

    int served = 0;
    for (int i = 0; i < 20; i++) {
      served += gateway.post(PATH, PLAIN).status() == 200 ? 1 : 0;
    }

    assertThat(served).isEqualTo(20);
    for (Socket one : idle) {
      one.close();
    }
  }

  @Test
  void burst_of_connections_leaves_as_many_as_there_may_be(Vertx vertx) throws Exception {
    open(vertx, PATIENT.withMaxConnections(8));
    CountDownLatch gate = new CountDownLatch(1);
    EventLoops.all(vertx).forEach(loop -> loop.execute(() -> pass(gate)));
    List<Socket> idle = idle(100);
    await().until(() -> waiting(vertx) >= idle.size());

    gate.countDown();

    awaitRoomMade(idle, vertx);
    for (Socket one : idle) {
      one.close();
    }
  }

  private List<Socket> idle(int count) throws IOException {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      idle.add(new Socket("127.0.0.1", gateway.port()));
    }
    return idle;
  }

  /** Until as many are left of them as there may be. */
  private static void awaitRoomMade(List<Socket> idle, Vertx vertx) {
    // One that an event loop has just refused makes room for its next one, so each may keep one.
    int most = 8 + EventLoops.count(vertx);
    await().until(() -> idle.stream().filter(one -> !SlowCallersTest.ended(one)).count() <= most);
  }

  private static boolean ended(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read(new byte[1024]) < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many connections the event loops have still to take up. */
  private static int waiting(Vertx vertx) {
    int tasks = 0;
    for (EventExecutor loop : EventLoops.all(vertx)) {
      tasks += ((SingleThreadEventExecutor) loop).pendingTasks();
    }
    return tasks;
  }

  @Test
  void one_address_has_so_many_connections(Vertx vertx) {
    open(vertx, PATIENT.withMaxConnections(100).withMaxConnectionsPerAddress(2));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    Wire first = gateway.connect().request("POST", PATH, PLAIN);
    Wire second = gateway.connect().request("POST", PATH, PLAIN);
    await().until(() -> gateway.upstream().requests().size() == 2);

    try (Wire third = gateway.connect()) {
      assertThat(third.read().status()).isEqualTo(503);
    }
    gate.complete(null);
    assertThat(first.read().status()).isEqualTo(200);
    assertThat(second.read().status()).isEqualTo(200);
    first.close();
    second.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void hanging_up_behind_further_requests_is_noticed(int further, Vertx vertx) {
    open(vertx, PATIENT);
    gateway.upstream().always(MockAnswer.silence());
    Wire wire = gateway.connect().request("POST", PATH, PLAIN);
    for (int i = 0; i < further; i++) {
      wire.request("POST", PATH, PLAIN);
    }
    await().until(() -> !gateway.upstream().requests().isEmpty());

    wire.close();

    await().until(gateway.upstream().lastRequest()::abandoned);
  }

  @Test
  void pipelined_requests_are_all_answered(Vertx vertx) {
    open(vertx, PATIENT);
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER).after(Duration.ofMillis(20)));

    try (Wire wire = gateway.connect()) {
      for (int i = 0; i < 40; i++) {
        wire.request("POST", PATH, PLAIN);
      }
      for (int i = 0; i < 40; i++) {
        assertThat(wire.read().body()).isEqualTo(Texts.CHAT_ANSWER);
      }
    }
  }
}
