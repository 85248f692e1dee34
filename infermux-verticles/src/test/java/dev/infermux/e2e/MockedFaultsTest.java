package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.Config;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every behaviour of a mock through a whole gateway, once over a socket and once inside the
 * process: callers and witnesses see the same.
 */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class MockedFaultsTest {

  /** Behaviour, class of a whole answer's failure, class of a stream's; null = none. */
  private record Row(
      String behaviour, @Nullable FailureClass whole, @Nullable FailureClass streamed) {

    @Override
    public String toString() {
      return behaviour;
    }
  }

  private static final List<Row> ROWS =
      List.of(
          both("ok", null),
          both("latency-20ms+first-token-20ms+pace-2ms", null),
          both("no-done", null),
          both("malformed-after-1", null),
          both("usage-none", null),
          both("usage-wrong", null),
          both("text-\"Hello, world\"+finish-length", null),
          both("status-500", FailureClass.SERVER_ERROR),
          both("status-503+retry-after-2s", FailureClass.SERVER_ERROR),
          both("status-429+retry-after-2s", FailureClass.RATE_LIMITED),
          both("status-400", FailureClass.CALLER_FAULT),
          both("status-401", FailureClass.UNAUTHORIZED),
          both("status-400+code-context_length_exceeded", FailureClass.CONTEXT_LENGTH),
          both("status-307", FailureClass.MALFORMED),
          both("malformed", FailureClass.MALFORMED),
          both("reset", FailureClass.CONNECTION),
          both("close", FailureClass.CONNECTION),
          both("hang", FailureClass.SILENCE),
          both("error", FailureClass.SERVER_ERROR),
          both("error+code-rate_limit_exceeded", FailureClass.RATE_LIMITED),
          both("error-after-2", FailureClass.SERVER_ERROR),
          both("first-token-1h", FailureClass.SILENCE),
          both("cut-after-0", FailureClass.CONNECTION),
          both("stall-after-0", FailureClass.SILENCE),
          new Row("cut-after-2", FailureClass.CONNECTION, FailureClass.CUT),
          new Row("reset-after-2", FailureClass.CONNECTION, FailureClass.CUT),
          new Row("stall-after-2", FailureClass.SILENCE, FailureClass.CUT),
          both("nonsense", FailureClass.NOT_FOUND));

  private static final BlockingQueue<CallRecord> RECORDS = new LinkedBlockingQueue<>();
  private static final Duration SHORT = Duration.ofMillis(500);
  private static Gateway gateway;

  private static Row both(String behaviour, @Nullable FailureClass kind) {
    return new Row(behaviour, kind, kind);
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  /** A provider for each behaviour and way to ask: what one does to its standing is its own. */
  @BeforeAll
  static void start(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) -> {
              upstream.plays("ok");
              Config all = config;
              for (Row row : ROWS) {
                for (String way : List.of("whole", "stream")) {
                  all =
                      all.withProvider(
                              provider("socket", way, row, ProviderType.OPENAI)
                                  .withBaseUrl(upstream.baseUrl()))
                          .withProvider(provider("inside", way, row, ProviderType.MOCK));
                }
              }
              return all;
            });
    gateway.inferMux().onRequest(RECORDS::add);
  }

  private static ProviderOptions provider(String place, String way, Row row, ProviderType type) {
    return ProviderOptions.of(place + "-" + way + "-" + ROWS.indexOf(row), type)
        .withApiKey(Secret.of("sk-of-the-gateway"))
        .withTimeout(SHORT)
        .withFirstTokenTimeout(SHORT)
        .withStreamIdleTimeout(SHORT)
        .withModels(List.of())
        .withModelAliases(Map.of(model(place, way, row), "mock-" + row.behaviour()));
  }

  private static String model(String place, String way, Row row) {
    return place + "/" + way + "/" + ROWS.indexOf(row);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_whole_answer_is_the_same_for_the_caller_and_for_listeners(Row row)
      throws InterruptedException {
    WireAnswer socket = ask(Texts.chat(model("socket", "whole", row), "Hi there"));
    FailureClass ofSocket = kind();
    WireAnswer inside = ask(Texts.chat(model("inside", "whole", row), "Hi there"));

    assertThat(kind()).isEqualTo(ofSocket).isEqualTo(row.whole());
    assertThat(inside.status()).isEqualTo(socket.status());
    assertThat(inside.header("retry-after")).isEqualTo(socket.header("retry-after"));
    assertThat(inside.header("x-infermux-error")).isEqualTo(socket.header("x-infermux-error"));
    assertThat(inside.header("x-infermux-completion-tokens"))
        .isEqualTo(socket.header("x-infermux-completion-tokens"));
    if (row.whole() == null) {
      assertThat(inside.json().getJsonArray("choices"))
          .isEqualTo(socket.json().getJsonArray("choices"));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_stream_is_the_same_for_the_caller_and_for_listeners(Row row) throws InterruptedException {
    WireAnswer socket = ask(Texts.stream(model("socket", "stream", row), "Hi there"));
    FailureClass ofSocket = kind();
    WireAnswer inside = ask(Texts.stream(model("inside", "stream", row), "Hi there"));

    assertThat(kind()).isEqualTo(ofSocket).isEqualTo(row.streamed());
    assertThat(inside.status()).isEqualTo(socket.status());
    if (inside.status() == 200) {
      assertThat(choices(inside)).isEqualTo(choices(socket));
      assertThat(inside.events().contains("[DONE]")).isEqualTo(row.streamed() == null);
      assertThat(socket.events().contains("[DONE]")).isEqualTo(row.streamed() == null);
    }
  }

  private static WireAnswer ask(String body) {
    RECORDS.clear();
    return gateway.post("/v1/chat/completions", body);
  }

  private static @Nullable FailureClass kind() throws InterruptedException {
    CallRecord record = RECORDS.poll(60, TimeUnit.SECONDS);
    assertThat(record).isNotNull();
    var attempts = record.attempts();
    return attempts.get(attempts.size() - 1).kind();
  }

  /** What the chunks say, without their ids and times. */
  private static String choices(WireAnswer answer) {
    return answer.events().stream()
        .filter(event -> event.contains("\"choices\""))
        .map(event -> event.substring(event.indexOf("\"choices\"")))
        // An upstream that is asked for its usage says in each chunk that it is still to come.
        .map(event -> event.replace(",\"usage\":null", ""))
        .collect(Collectors.joining("\n"));
  }
}
