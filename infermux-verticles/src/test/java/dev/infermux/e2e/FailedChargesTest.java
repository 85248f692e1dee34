package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt costs that ends before its answer is whole: the table in docs/costs.md. */
@ExtendWith(VertxExtension.class)
class FailedChargesTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String USAGE = Texts.usage(1000, 300);
  private static final String ERROR = "{\"error\":{\"message\":\"overloaded\",\"code\":529}}";
  private static final String COUNTED_ERROR =
      "{\"error\":{\"message\":\"overloaded\",\"code\":529},"
          + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":300}}";
  private static final String TORN =
      "{\"id\":\"c\",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":300},\"choices\":[{";

  private static final String LONG =
      "{\"id\":\"c\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"sixteen"
          + " letters! and many more\"}}]}";
  private static final int IN_TEXT = LONG.indexOf(" and many");

  private Gateway gateway;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    start(vertx, Duration.ofMillis(300));
  }

  private void start(Vertx vertx, Duration idle) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config.withProvider(
                    Gateway.provider(upstream)
                        .withFirstTokenTimeout(idle)
                        .withStreamIdleTimeout(idle)));
    events = new BusEvents(gateway.vertx());
  }

  private void patient() {
    gateway.close();
    start(gateway.vertx(), Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  static Stream<Arguments> reported() {
    return Stream.of(
        Arguments.of("cut before content", true, MockAnswer.events(Texts.role(), USAGE)),
        Arguments.of("error before content", true, MockAnswer.events(Texts.role(), USAGE, ERROR)),
        Arguments.of("error first, with usage", true, MockAnswer.events(COUNTED_ERROR)),
        Arguments.of(
            "error after content",
            true,
            MockAnswer.events(Texts.role(), Texts.delta("Hi"), USAGE, ERROR)),
        Arguments.of(
            "cut after content",
            true,
            MockAnswer.events(Texts.role(), Texts.delta("Hi"), USAGE).thenClose()),
        Arguments.of(
            "torn down after usage", true, MockAnswer.events(Texts.role(), USAGE).thenReset()),
        Arguments.of("silent after usage", true, MockAnswer.events(USAGE).thenSilence()),
        Arguments.of("error status", false, MockAnswer.json(500, COUNTED_ERROR)),
        Arguments.of("error status of a stream", true, MockAnswer.json(429, COUNTED_ERROR)),
        Arguments.of("error in a success", false, MockAnswer.json(COUNTED_ERROR)),
        Arguments.of("whole error to a stream", true, MockAnswer.json(COUNTED_ERROR)),
        Arguments.of("torn answer", false, MockAnswer.json(TORN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void reported(String end, boolean stream, MockAnswer answer) {
    JsonObject call = ask(stream, answer);

    assertThat(call.getString("status")).isEqualTo("error");
    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isEqualTo(1000);
    assertThat(cost.getLong("tokens_out")).isEqualTo(300);
    assertThat(cost.getString("cost_status")).isEqualTo("exact");
    // 1000 * 0.15 + 300 * 0.60 millionths of a dollar
    assertThat(cost.getDouble("cost_usd")).isEqualTo(0.00033);
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("no event", true, 0, MockAnswer.events().thenSilence()),
        Arguments.of("cut without a chunk", true, 0, MockAnswer.events()),
        Arguments.of("cut after the role", true, 0, MockAnswer.events(Texts.role())),
        Arguments.of("error after the role", true, 0, MockAnswer.events(Texts.role(), ERROR)),
        Arguments.of(
            "cut after content",
            true,
            4,
            MockAnswer.events(Texts.role(), Texts.delta("sixteen letters!")).thenClose()),
        Arguments.of("no JSON", false, 0, MockAnswer.json("<html>")),
        Arguments.of("no choices", false, 0, MockAnswer.json("{\"id\":\"c\"}")),
        Arguments.of(
            "cut body", false, 0, MockAnswer.json(Texts.CHAT_ANSWER).cutAfter(20).thenClose()),
        Arguments.of(
            "cut in its text", false, 4, MockAnswer.json(LONG).cutAfter(IN_TEXT).thenClose()),
        Arguments.of(
            "silent in its text", false, 4, MockAnswer.json(LONG).cutAfter(IN_TEXT).thenSilence()),
        Arguments.of("torn in its text", false, 4, MockAnswer.json(LONG.substring(0, IN_TEXT))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void accepted(String end, boolean stream, int written, MockAnswer answer) {
    ask(stream, answer);

    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isPositive();
    assertThat(cost.getLong("tokens_out")).isEqualTo(written);
    assertThat(cost.getString("cost_status")).isEqualTo("estimated");
  }

  static Stream<Arguments> free() {
    return Stream.of(
        Arguments.of("no head", false, MockAnswer.close()),
        Arguments.of("error status", false, MockAnswer.json(500, ERROR)),
        Arguments.of("error in a success", false, MockAnswer.json(ERROR)),
        Arguments.of("error first", true, MockAnswer.events(ERROR)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void free(String end, boolean stream, MockAnswer answer) {
    JsonObject call = ask(stream, answer);

    assertThat(call.getDouble("cost_usd", 0.0)).isZero();
    assertThat(call.getJsonArray("attempts").getJsonObject(0).containsKey("cost_usd")).isFalse();
  }

  @Test
  void a_running_report_counts_at_least_what_was_written() {
    String first = Texts.usage(1000, 1);
    ask(true, MockAnswer.events(Texts.role(), first, Texts.delta("sixteen letters!")));

    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isEqualTo(1000);
    assertThat(cost.getLong("tokens_out")).isEqualTo(4);
    assertThat(cost.getString("cost_status")).isEqualTo("estimated");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_caller_that_leaves_pays_for_a_prompt_that_was_accepted(boolean stream) {
    patient();
    MockAnswer begun =
        stream
            ? MockAnswer.events(Texts.role()).thenSilence()
            : MockAnswer.json("{").header("content-length", "99").thenSilence();
    gateway.upstream().next(begun);
    Wire wire = gateway.connect().request("POST", PATH, body(stream));
    await().until(() -> !gateway.upstream().requests().isEmpty());
    await().until(() -> gateway.upstream().lastRequest().bytesSent() > 0);

    wire.close();

    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isPositive();
    assertThat(cost.getLong("tokens_out")).isZero();
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
  }

  @Test
  void a_caller_that_leaves_with_the_whole_answer_had_it_and_pays_as_reported() {
    patient();
    CompletableFuture<Void> gone = new CompletableFuture<>();
    gateway
        .upstream()
        .next(
            MockAnswer.events(Texts.role(), Texts.delta("Hello"), Texts.finish())
                .thenAfter(gone, USAGE, "[DONE]"));
    Wire wire = gateway.connect().request("POST", PATH, body(true));
    wire.readUntil("\"finish_reason\":\"stop\"");

    wire.close();
    gone.complete(null);

    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_out")).isEqualTo(300);
    assertThat(cost.getString("cost_status")).isEqualTo("exact");
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("ok");
  }

  private JsonObject ask(boolean stream, MockAnswer answer) {
    gateway.upstream().next(answer);
    gateway.post(PATH, body(stream));
    JsonObject call = events.inferences(1).get(0);
    JsonArray attempts = call.getJsonArray("attempts");
    assertThat(attempts).hasSize(1);
    return call;
  }

  private static String body(boolean stream) {
    return stream ? Texts.stream(Gateway.MODEL, "Hi") : Texts.chat(Gateway.MODEL, "Hi");
  }
}
