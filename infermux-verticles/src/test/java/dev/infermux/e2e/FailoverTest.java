package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller of two providers sees a whole answer whatever the first one does. */
@ExtendWith(VertxExtension.class)
final class FailoverTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String PLAIN = Texts.chat(Gateway.MODEL, "Hi");
  private static final String STREAM = Texts.stream(Gateway.MODEL, "Hi");
  private static final String TOO_LONG =
      "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}";

  private Pair pair;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    start(Pair.start(vertx, UnaryOperator.identity(), FailoverTest::impatient));
  }

  @AfterEach
  void close() {
    pair.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("reset", MockAnswer.reset(), "connection", 2),
        fault("close", MockAnswer.close(), "connection", 2),
        fault("500", MockAnswer.json(500, "{}"), "server_error", 2),
        fault("503 html", MockAnswer.html(503), "server_error", 2),
        fault("html", MockAnswer.html(200), "malformed", 1),
        fault("empty", MockAnswer.empty(200), "malformed", 1),
        fault("redirect", MockAnswer.redirect("http://127.0.0.1:1/"), "malformed", 1),
        fault(
            "error in a 200",
            MockAnswer.json("{\"error\":{\"message\":\"x\"}}"),
            "server_error",
            2),
        fault("gzip that lies", lyingGzip(), "malformed", 1),
        fault("endless head", MockAnswer.endlessHead(), "malformed", 1),
        fault("429", MockAnswer.json(429, "{}"), "rate_limited", 1),
        fault("429, long", limited("60"), "rate_limited", 1),
        fault("silence", MockAnswer.silence(), "silence", 1),
        fault("401", MockAnswer.json(401, "{}"), "unauthorized", 1),
        fault("context length", MockAnswer.json(400, TOO_LONG), "context_length", 1));
  }

  static Stream<Arguments> streamFaults() {
    MockAnswer error = MockAnswer.events("{\"error\":{\"message\":\"overloaded\",\"code\":503}}");
    return Stream.concat(
        faults().filter(fault -> !fault.get()[0].equals("error in a 200")),
        Stream.of(
            fault("error first", error, "server_error", 2),
            fault("json", MockAnswer.json("{\"choices\":[]}"), "malformed", 1),
            fault("no event", MockAnswer.events(), "malformed", 1),
            fault("done at once", MockAnswer.events("[DONE]"), "malformed", 1),
            fault("cut after the role", MockAnswer.events(Texts.role()).thenClose(), "cut", 2),
            fault("role, then reset", MockAnswer.events(Texts.role()).thenReset(), "cut", 2),
            fault("no first token", MockAnswer.events(Texts.role()).thenSilence(), "silence", 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void second_provider_answers_in_place_of_the_first(
      String name, MockAnswer fault, String kind, int tries) {
    pair.first().always(fault);
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Texts.CHAT_ANSWER);
    repaired(answer, kind, tries);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streamFaults")
  void second_provider_streams_in_place_of_the_first(
      String name, MockAnswer fault, String kind, int tries) {
    pair.first().always(fault);
    pair.second().always(Texts.streamAnswer());

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .containsOnlyOnce("\"role\":\"assistant\"")
        .containsOnlyOnce("\"content\":\"Hello\"")
        .endsWith("data: [DONE]\n\n");
    repaired(answer, kind, tries);
  }

  @Test
  void provider_that_cannot_be_reached_is_replaced(Vertx vertx) {
    start(
        Pair.start(
            vertx,
            UnaryOperator.identity(),
            first -> first.withBaseUrl(java.net.URI.create("http://127.0.0.1:1/v1"))));
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(kinds()).containsExactly("connection", "connection", null);
  }

  @Test
  void chunks_torn_inside_a_character_arrive_whole() {
    String text = "h\u00e9 \ud83d\ude00!";
    Buffer stream = Buffer.buffer();
    for (String data :
        List.of(Texts.role(), Texts.delta(text), Texts.finish(), Texts.usage(19, 10), "[DONE]")) {
      stream.appendString("data: " + data + "\n\n");
    }
    List<Buffer> bytes =
        IntStream.range(0, stream.length()).mapToObj(i -> stream.slice(i, i + 1)).toList();
    pair.first().always(MockAnswer.sse(bytes));

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    assertThat(answer.body()).contains(text).endsWith("data: [DONE]\n\n");
    assertThat(kinds()).containsExactly((String) null);
  }

  @Test
  void passing_failure_is_repaired_in_place() {
    pair.first().next(MockAnswer.json(500, "{}"), MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("first");
    assertThat(answer.header("X-Infermux-Attempts")).isEqualTo("2");
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void rate_limited_provider_is_not_asked_before_the_time_it_gave() {
    pair.first().next(limited("1"), MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    List<MockRequest> asked = pair.first().requests();
    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("first");
    assertThat(asked.get(1).arrivedNanos() - asked.get(0).arrivedNanos())
        .isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void callers_own_fault_passes_as_it_came_and_nobody_else_is_asked() {
    pair.first().next(MockAnswer.json(422, "{\"error\":{\"message\":\"bad n\"}}"));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("bad n");
    assertThat(pair.first().requests()).hasSize(1);
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void exhausted_failover_names_every_attempt_and_tells_sdks_not_to_retry() {
    pair.first().always(MockAnswer.json(500, "{}"));
    pair.second().always(MockAnswer.json(503, "{\"error\":{\"message\":\"busy\"}}"));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("x-should-retry")).isEqualTo("false");
    assertThat(answer.body())
        .contains("busy")
        .contains("tried in turn: first: server_error, first: server_error, second: server_error");
  }

  @Test
  void failover_stops_at_the_providers_it_may_try(Vertx vertx) {
    start(
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMaxAttempts(1)),
            UnaryOperator.identity()));
    pair.first().always(MockAnswer.json(500, "{}"));

    assertThat(pair.gateway().post(PATH, PLAIN).status()).isEqualTo(502);
    assertThat(pair.first().requests()).hasSize(2);
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void first_failure_surfaces_as_it_is_with_failover_and_retry_off(Vertx vertx) {
    start(Pair.start(vertx, routing -> Gateway.unrepaired(), UnaryOperator.identity()));
    pair.first().always(MockAnswer.json(503, "{\"error\":{\"message\":\"busy\"}}"));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN);

    assertThat(answer.body()).contains("busy").doesNotContain("tried");
    assertThat(pair.first().requests()).hasSize(1);
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void call_ends_when_its_callers_time_limit_does(Vertx vertx) {
    start(Pair.start(vertx));
    pair.first().always(MockAnswer.silence());

    WireAnswer answer = pair.gateway().post(PATH, PLAIN, "X-Infermux-Timeout-Ms: 150");

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.body()).contains("within the 150 ms that the caller allowed");
    await().until(() -> pair.first().lastRequest().abandoned());
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void retry_that_would_outlast_the_time_limit_is_not_waited_for() {
    pair.first().always(limited("2"));
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(PATH, PLAIN, "X-Infermux-Timeout-Ms: 1500");

    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("second");
    assertThat(pair.first().requests()).hasSize(1);
  }

  @Test
  void time_limit_that_is_none_is_refused() {
    WireAnswer answer = pair.gateway().post(PATH, PLAIN, "X-Infermux-Timeout-Ms: soon");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("expected: 1 to 86400000 milliseconds");
  }

  @Test
  void caller_that_leaves_between_two_attempts_ends_the_call(Vertx vertx) {
    start(
        Pair.start(
            vertx,
            routing ->
                routing.withRetry(RetryOptions.defaults().withBackoff(Duration.ofMinutes(1))),
            UnaryOperator.identity()));
    pair.first().always(MockAnswer.json(500, "{}"));
    Wire wire = pair.gateway().connect().request("POST", PATH, PLAIN);
    await().until(() -> pair.first().requests().size() == 1);
    await().until(() -> pair.first().lastRequest().state() == MockRequest.State.ANSWERED);

    wire.reset();

    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
    assertThat(pair.first().requests()).hasSize(1);
    assertThat(pair.second().requests()).isEmpty();
  }

  private void repaired(WireAnswer answer, String kind, int tries) {
    assertThat(answer.header("X-Infermux-Provider")).isEqualTo("second");
    assertThat(answer.header("X-Infermux-Attempts")).isEqualTo(String.valueOf(tries + 1));
    List<String> kinds = kinds();
    assertThat(kinds.subList(0, tries)).containsOnly(kind);
    assertThat(kinds.subList(tries, kinds.size())).containsExactly((String) null);
    assertThat(pair.first().requests()).hasSize(tries);
    assertThat(pair.second().requests()).hasSize(1);
    assertThat(pair.second().lastRequest().headers().get("authorization"))
        .isEqualTo("Bearer sk-of-second");
  }

  private List<String> kinds() {
    JsonArray attempts = events.inferences(1).get(0).getJsonArray("attempts");
    return attempts.stream()
        .map(attempt -> ((io.vertx.core.json.JsonObject) attempt).getString("error_kind"))
        .toList();
  }

  private void start(Pair other) {
    if (pair != null) {
      pair.close();
    }
    pair = other;
    events = new BusEvents(pair.gateway().vertx());
  }

  private static dev.infermux.provider.ProviderOptions impatient(
      dev.infermux.provider.ProviderOptions first) {
    return first.withTimeout(Duration.ofMillis(400)).withFirstTokenTimeout(Duration.ofMillis(400));
  }

  private static MockAnswer limited(String seconds) {
    return MockAnswer.json(429, "{}").header("retry-after", seconds);
  }

  private static MockAnswer lyingGzip() {
    return MockAnswer.body(200, "application/json", Buffer.buffer(Texts.CHAT_ANSWER))
        .header("content-encoding", "gzip");
  }

  private static Arguments fault(String name, MockAnswer answer, String kind, int tries) {
    return Arguments.of(name, answer, kind, tries);
  }
}
