package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No value costs more than linear time, wherever it stands, in requests and in answers: with large
 * values in every place the CPU time for each byte is bounded, and the gateway goes on serving.
 */
@Timeout(180)
@ExtendWith(VertxExtension.class)
final class LinearTimeTest {

  /** The size of the values: quadratic work on so much takes seconds. */
  private static final int SIZE = Integer.getInteger("linear.size", 300_000);

  /** The most CPU time for one exchange; a linear one takes a few milliseconds. */
  private static final long MOST_NANOS = 900_000_000L;

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  static List<String> paths() {
    return RequestTexts.PATHS;
  }

  @ParameterizedTest
  @MethodSource("paths")
  void requests(String path, Vertx vertx) throws Exception {
    Gateway open = start(vertx);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    walk(RequestTexts.of(path), body -> open.post(path, body));
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/messages", "/infer"})
  void whole_answers(String path, Vertx vertx) throws Exception {
    Gateway open = start(vertx);

    walk(
        AnswerTexts.ANSWER,
        body -> {
          open.upstream().always(MockAnswer.json(body));
          return open.post(path, plain(path, false));
        });
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/messages"})
  void chunks_of_streams(String path, Vertx vertx) throws Exception {
    Gateway open = start(vertx);

    walk(
        AnswerTexts.CHUNK,
        body -> {
          open.upstream().always(MockAnswer.events(body, Texts.finish(), "[DONE]"));
          return open.post(path, plain(path, true));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 429, 500})
  void errors_of_providers(int status, Vertx vertx) throws Exception {
    Gateway open = start(vertx);

    walk(
        AnswerTexts.ERROR,
        body -> {
          open.upstream().always(MockAnswer.json(status, body));
          return open.post("/v1/chat/completions", plain("", false));
        });
  }

  private Gateway start(Vertx vertx) {
    Gateway open = Gateway.startWithoutCircuits(vertx);
    gateway = open;
    return open;
  }

  private static String plain(String path, boolean stream) {
    String most = path.equals("/v1/messages") ? "{\"max_tokens\":5," : "{";
    return most + "\"stream\":" + stream + ',' + Texts.chat(Gateway.MODEL, "Hi").substring(1);
  }

  /** Every kind with {@code -Dresilience=full}; else one for each place, in turn, and the short. */
  private static Map<String, String> turn(Map<String, String> all, int place) {
    if (Scale.FULL) {
      return all;
    }
    List<Map.Entry<String, String>> kinds = List.copyOf(all.entrySet());
    Map<String, String> chosen = new HashMap<>(Lexemes.SHORT);
    Map.Entry<String, String> one = kinds.get(place % kinds.size());
    chosen.put(one.getKey(), one.getValue());
    return chosen;
  }

  /** One exchange with large values in each place. */
  private void walk(String document, Exchange exchange) throws Exception {
    Map<String, String> all = Lexemes.of(SIZE);
    List<String> costly = new ArrayList<>();
    int places = 0;
    for (Map.Entry<String, String> place : Lexemes.places(document).entrySet()) {
      for (Map.Entry<String, String> lexeme : turn(all, places++).entrySet()) {
        String body = Lexemes.with(place.getValue(), lexeme.getValue());
        String where = place.getKey() + ", " + lexeme.getKey();
        if (!cheap(exchange, body, where)) {
          costly.add(where);
        }
      }
    }
    assertThat(costly).isEmpty();
    try (Wire wire = Wire.connect(java.util.Objects.requireNonNull(gateway).port())) {
      assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
    }
  }

  /**
   * What the rest of the process does counts as well, so one cheap exchange of several is proof.
   */
  private static boolean cheap(Exchange exchange, String body, String where) {
    for (int tries = 0; tries < 4; tries++) {
      long before = cpuNanos();
      WireAnswer answer = exchange.with(body);
      assertThat(answer.status()).as(where).isNotEqualTo(500).isPositive();
      if (cpuNanos() - before <= MOST_NANOS) {
        return true;
      }
    }
    return false;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** One call with a body that the walk has made. */
  private interface Exchange {
    WireAnswer with(String body);
  }
}
