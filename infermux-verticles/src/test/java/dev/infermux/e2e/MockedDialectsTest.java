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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same behaviours of the mock's server in each provider's dialect: a gateway makes the same of
 * them, whatever API they come from.
 */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class MockedDialectsTest {

  private static final List<ProviderType> TYPES =
      List.of(ProviderType.ANTHROPIC, ProviderType.OLLAMA, ProviderType.AZURE_OPENAI);

  /** Class of a whole answer's failure, class of a stream's; null = none. */
  private record Row(
      ProviderType type,
      String behaviour,
      @Nullable FailureClass whole,
      @Nullable FailureClass streamed) {

    private String model() {
      return type.wireName() + "/" + behaviour;
    }

    /** What is never answered is not waited for long, and what is answered never hurried. */
    private Duration limit() {
      return Duration.ofMillis(whole == FailureClass.SILENCE ? 200 : 10_000);
    }

    @Override
    public String toString() {
      return model();
    }
  }

  private static final List<Row> ROWS = new ArrayList<>();

  static {
    both("ok", null);
    both("latency-20ms+first-token-20ms+pace-2ms", null);
    both("usage-none", null);
    both("reasoning-3", null);
    both("status-500", FailureClass.SERVER_ERROR);
    both("status-503+retry-after-2s", FailureClass.SERVER_ERROR);
    both("status-429+retry-after-2s", FailureClass.RATE_LIMITED);
    both("status-400", FailureClass.CALLER_FAULT);
    both("status-401", FailureClass.UNAUTHORIZED);
    both("malformed", FailureClass.MALFORMED);
    both("reset", FailureClass.CONNECTION);
    both("hang", FailureClass.SILENCE);
    both("error", FailureClass.SERVER_ERROR);
    both("error-after-2", FailureClass.SERVER_ERROR);
    both("first-token-1h", FailureClass.SILENCE);
    each("cut-after-2", FailureClass.CONNECTION, FailureClass.CUT);
    each("reset-after-2", FailureClass.CONNECTION, FailureClass.CUT);
    each("stall-after-2", FailureClass.SILENCE, FailureClass.CUT);
    both("nonsense", FailureClass.NOT_FOUND);
  }

  private static final BlockingQueue<CallRecord> RECORDS = new LinkedBlockingQueue<>();
  private static Gateway gateway;

  private static void both(String behaviour, @Nullable FailureClass kind) {
    each(behaviour, kind, kind);
  }

  private static void each(
      String behaviour, @Nullable FailureClass whole, @Nullable FailureClass streamed) {
    TYPES.forEach(type -> ROWS.add(new Row(type, behaviour, whole, streamed)));
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  /** A provider for each: what one does to its standing is its own. */
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
                  all = all.withProvider(provider(row, way, upstream.baseUrl()));
                }
              }
              return all;
            });
    gateway.inferMux().onRequest(RECORDS::add);
  }

  private static ProviderOptions provider(Row row, String way, URI openAi) {
    return ProviderOptions.of(way + "-" + ROWS.indexOf(row), row.type())
        .withApiKey(Secret.of("sk-of-the-gateway"))
        .withBaseUrl(row.type() == ProviderType.ANTHROPIC ? openAi : openAi.resolve("/"))
        .withTimeout(row.limit())
        .withFirstTokenTimeout(row.limit())
        .withStreamIdleTimeout(row.limit())
        .withModels(List.of())
        .withModelAliases(Map.of(way + "/" + row.model(), "mock-" + row.behaviour()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_whole_answer_fails_as_in_any_other_dialect(Row row) throws InterruptedException {
    String body = Texts.chat("whole/" + row.model(), "Hi there");
    // Without a maximum Anthropic would be asked for a stream, since long answers take long.
    WireAnswer answer = ask(body.replaceFirst("\\{", "{\"max_tokens\":100,"));

    assertThat(kind()).as(answer.body()).isEqualTo(row.whole());
    if (row.whole() == null) {
      assertThat(answer.body()).contains("\"content\":\"mock: Hi there\"");
      assertThat(answer.body()).contains("\"finish_reason\":\"stop\"");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ProviderType.class,
      names = {"ANTHROPIC", "OLLAMA", "AZURE_OPENAI"})
  void mist_has_one_word_for_an_end_whoever_answers(ProviderType type) throws Exception {
    RECORDS.clear();
    String model = "stream/" + type.wireName() + "/ok";
    WireAnswer answer =
        gateway.post(
            "/infer",
            "{\"model\":\""
                + model
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"params\":"
                + "{\"max_tokens\":100}}");

    assertThat(answer.body()).contains("\"content\":\"mock: Hi\"", "\"finish_reason\":\"stop\"");
    CallRecord record = RECORDS.poll(60, TimeUnit.SECONDS);
    assertThat(record).isNotNull();
    assertThat(record.finishReason()).isEqualTo("stop");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_stream_fails_as_in_any_other_dialect(Row row) throws InterruptedException {
    WireAnswer answer = ask(Texts.stream("stream/" + row.model(), "Hi there"));

    assertThat(kind()).as(answer.body()).isEqualTo(row.streamed());
    if (answer.status() == 200) {
      assertThat(answer.events().contains("[DONE]")).isEqualTo(row.streamed() == null);
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
}
