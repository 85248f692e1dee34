package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.inference.Secret;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers of a stream see while there is no content. */
@ExtendWith(VertxExtension.class)
class HeldHeadTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String STREAM = Texts.stream(Gateway.MODEL, "Hi");
  private static final String COMMENT = ": keep-alive\n\n";
  private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
  private static final String[] REST = {Texts.delta("late"), Texts.finish(), "[DONE]"};
  private static final LimitsOptions SHORT =
      LimitsOptions.defaults()
          .withHoldHead(Duration.ofMillis(100))
          .withKeepAlive(Duration.ofMillis(100));

  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private MockUpstream second;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    second = MockUpstream.start(vertx);
    gateway = gateway(vertx, SHORT);
  }

  private Gateway gateway(Vertx vertx, LimitsOptions limits) {
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withHttp(config.http().withLimits(limits))
                .withRouting(RoutingOptions.defaults().withStrategy(RoutingStrategy.PRIORITY))
                .withProvider(provider("first", upstream))
                .withProvider(provider("second", second)));
  }

  private static ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withApiKey(Secret.of("sk-of-" + name))
        .withBaseUrl(upstream.baseUrl())
        .withFirstTokenTimeout(Duration.ofSeconds(2))
        .withModels(Gateway.MODEL);
  }

  @AfterEach
  void close() {
    gate.complete(null);
    gateway.close();
    second.close();
  }

  private MockAnswer lateAnswer() {
    return MockAnswer.events(Texts.role()).thenAfter(gate, REST);
  }

  @Test
  void head_goes_out_without_content_and_trailers_say_who_answered() {
    gateway.upstream().next(lateAnswer());

    try (Wire wire = gateway.connect().request("POST", PATH, STREAM)) {
      CompletableFuture<WireAnswer> read = CompletableFuture.supplyAsync(wire::read);
      await().until(() -> !gateway.upstream().requests().isEmpty());
      release();
      WireAnswer answer = read.join();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers())
          .containsEntry("content-type", "text/event-stream; charset=utf-8")
          .containsKey("X-Infermux-Request-Id")
          .doesNotContainKeys("X-Infermux-Provider", "X-Infermux-Attempts");
      assertThat(answer.trailers())
          .containsEntry("X-Infermux-Provider", "first")
          .containsEntry("X-Infermux-Model", Gateway.MODEL)
          .containsKeys("X-Infermux-Cost", "X-Infermux-Latency-Ms", "X-Infermux-Strategy");
      assertThat(answer.body()).startsWith(COMMENT + COMMENT).doesNotContain("id:");
      assertThat(answer.events()).last().isEqualTo("[DONE]");
      assertThat(answer.body().replace(COMMENT, "")).isEqualTo(events(Texts.role(), REST));
    }
  }

  /** After the head must have gone out. */
  private void release() {
    gateway.vertx().setTimer(350, fired -> gate.complete(null));
  }

  @Test
  void answer_in_time_has_all_in_its_head_and_no_comment() {
    gateway.upstream().next(Texts.streamAnswer());

    WireAnswer answer = gateway.post(PATH, STREAM);

    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "first");
    assertThat(answer.body()).doesNotContain(COMMENT);
    assertThat(answer.trailers()).doesNotContainKey("X-Infermux-Provider");
  }

  @Test
  void failure_before_the_head_keeps_its_status() {
    gateway.upstream().always(MockAnswer.json(400, "{\"error\":{\"message\":\"no\"}}"));

    assertThat(gateway.post(PATH, STREAM).status()).isEqualTo(400);
  }

  @Test
  void another_provider_may_still_answer_after_the_head() {
    gateway.upstream().next(MockAnswer.silence());
    second.next(Texts.streamAnswer());

    WireAnswer answer = gateway.post(PATH, STREAM);

    assertThat(answer.body()).startsWith(COMMENT).doesNotContain("event: error");
    assertThat(answer.events()).last().isEqualTo("[DONE]");
    assertThat(answer.trailers())
        .containsEntry("X-Infermux-Provider", "second")
        .containsEntry("X-Infermux-Attempts", "2");
  }

  @Test
  void failure_after_the_head_is_an_error_event_and_no_success() {
    gateway.upstream().always(MockAnswer.silence());
    second.always(MockAnswer.events(Texts.role()).thenSilence());

    WireAnswer answer = gateway.post(PATH, STREAM);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith(COMMENT).contains("event: error\ndata: {");
    String last = answer.events().get(answer.events().size() - 1);
    assertThat(new JsonObject(last).getJsonObject("error").getString("code"))
        .isEqualTo("upstream_timeout");
    assertThat(answer.events()).doesNotContain("[DONE]");
  }

  @Test
  void messages_get_pings_and_their_own_error() {
    gateway.upstream().always(MockAnswer.silence());
    second.always(MockAnswer.silence());
    String body = new JsonObject(STREAM).put("max_tokens", 10).putNull("stream_options").encode();

    WireAnswer answer = gateway.post("/v1/messages", body.replace(",\"stream_options\":null", ""));

    assertThat(answer.body()).startsWith(PING + PING).doesNotContain(COMMENT);
    assertThat(answer.events().get(answer.events().size() - 1)).contains("timeout_error");
  }

  @Test
  void lines_of_ollama_get_the_head_and_no_comment() {
    gateway.upstream().next(lateAnswer());

    try (Wire wire = gateway.connect().request("POST", "/api/chat", STREAM)) {
      String head = wire.readUntil("\r\n\r\n");
      gate.complete(null);

      assertThat(head).startsWith("HTTP/1.1 200").contains("application/x-ndjson");
      assertThat(wire.readUntil("\"done\":true")).doesNotContain("keep-alive");
    }
  }

  @Test
  void silence_within_an_answer_gets_comments_between_its_events() {
    gateway
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hello")).thenAfter(gate, REST));

    try (Wire wire = gateway.connect().request("POST", PATH, STREAM)) {
      String begun = wire.readUntil(Texts.delta("Hello") + "\n\n");
      wire.readUntil(COMMENT);
      wire.readUntil(COMMENT);
      gate.complete(null);

      assertThat(begun).contains("X-Infermux-Provider: first").doesNotContain(COMMENT);
      assertThat(wire.readUntil("[DONE]\n\n")).contains("data: " + Texts.delta("late") + "\n\n");
    }
  }

  @Test
  void comments_of_the_provider_are_passed_on_once_a_second(Vertx vertx) {
    List<Buffer> pieces =
        new ArrayList<>(Collections.nCopies(24, Buffer.buffer(": PROCESSING\n\n")));
    pieces.add(Buffer.buffer(events(Texts.role(), REST)));
    LimitsOptions limits = SHORT.withKeepAlive(Duration.ofHours(1));

    try (Gateway slow = patient(vertx, limits)) {
      slow.upstream().next(MockAnswer.sse(pieces).paced(Duration.ofMillis(100)));
      String body = slow.post(PATH, STREAM).body();

      assertThat(body.split(COMMENT, -1)).hasSize(4);
      assertThat(body).startsWith(COMMENT + COMMENT + COMMENT + "data: ");
      assertThat(body).doesNotContain("PROCESSING").endsWith("data: [DONE]\n\n");
    }
  }

  private static Gateway patient(Vertx vertx, LimitsOptions limits) {
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withHttp(config.http().withLimits(limits))
                .withProvider(Gateway.provider(upstream)));
  }

  @Test
  void caller_that_leaves_after_the_head_cancels_the_provider() {
    gateway.upstream().next(lateAnswer());
    Wire wire = gateway.connect().request("POST", PATH, STREAM);
    wire.readUntil(COMMENT);
    MockRequest sent = gateway.upstream().lastRequest();

    wire.close();

    await().until(sent::abandoned);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void full_socket_gets_no_comments(Vertx vertx) {
    Buffer event = Buffer.buffer(events(Texts.delta("x".repeat(4096))));
    try (Gateway busy = patient(vertx, SHORT.withKeepAlive(Duration.ofMillis(10)));
        Wire wire = Wire.connect(busy.port(), 16 * 1024)) {
      busy.upstream().next(MockAnswer.flood("text/event-stream", event, -1));
      wire.request("POST", PATH, STREAM);
      wire.readUntil("xxxx");
      MockRequest flood = busy.upstream().lastRequest();
      AtomicLong seen = new AtomicLong();
      await()
          .during(Duration.ofMillis(800))
          .until(() -> seen.getAndSet(flood.bytesSent()) == flood.bytesSent());

      // What a socket holds, and a good deal of what came later.
      int comments = 0;
      for (int i = 0; i < 3_000; i++) {
        comments += wire.readUntil("\n\n").contains("keep-alive") ? 1 : 0;
      }

      assertThat(comments).isLessThan(40);
    }
  }

  private static String events(String first, String... more) {
    StringBuilder all = new StringBuilder("data: " + first + "\n\n");
    for (String one : more) {
      all.append("data: ").append(one).append("\n\n");
    }
    return all.toString();
  }
}
