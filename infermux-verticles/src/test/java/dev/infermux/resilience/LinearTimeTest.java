package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static final String CHAT =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"system","content":"s"},{"role":"user","content":\
      [{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA",\
      "detail":"low"}}],"name":"n"},{"role":"assistant","content":"c","tool_calls":[{"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"i",\
      "content":"r"}],"max_tokens":5,"max_completion_tokens":5,"n":1,"stop":["x"],"temperature":0.5,\
      "top_p":1,"seed":1,"stream":false,"stream_options":{"include_usage":true},"tools":[{"type":\
      "function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],\
      "tool_choice":"auto","response_format":{"type":"text"},"user":"u","logit_bias":{"1":1},\
      "metadata":{"a":"b"},"service_tier":"auto","reasoning_effort":"low"}\
      """;

  private static final String MESSAGES =
      """
      {"model":"gpt-4o-mini","max_tokens":5,"system":[{"type":"text","text":"s"}],"messages":[{"role":\
      "user","content":[{"type":"text","text":"t"},{"type":"image","source":{"type":"base64",\
      "media_type":"image/png","data":"AA"}}]},{"role":"assistant","content":[{"type":"tool_use",\
      "id":"i","name":"f","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result",\
      "tool_use_id":"i","content":"r"}]}],"stop_sequences":["x"],"temperature":0.5,"top_k":1,"top_p":1,\
      "stream":false,"tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}],\
      "tool_choice":{"type":"auto"},"metadata":{"user_id":"u"},"thinking":{"type":"disabled"}}\
      """;

  private static final String RESPONSES =
      """
      {"model":"gpt-4o-mini","instructions":"s","input":[{"role":"user","content":[{"type":\
      "input_text","text":"t"}]},{"type":"function_call","call_id":"i","name":"f","arguments":"{}"},\
      {"type":"function_call_output","call_id":"i","output":"r"}],"max_output_tokens":20,\
      "temperature":0.5,"top_p":1,"stream":false,"store":false,"tools":[{"type":"function","name":"f",\
      "description":"d","parameters":{"type":"object"}}],"tool_choice":"auto","text":{"format":{"type":\
      "text"}},"metadata":{"a":"b"},"reasoning":{"effort":"low"},"previous_response_id":null}\
      """;

  private static final String OLLAMA =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"user","content":"t","images":["AA"]},{"role":\
      "assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},{"role":\
      "tool","content":"r","tool_name":"f"}],"stream":false,"format":"json","options":{"num_predict":5,\
      "temperature":0.5,"seed":1,"stop":["x"]},"tools":[{"type":"function","function":{"name":"f",\
      "description":"d","parameters":{"type":"object"}}}],"keep_alive":"5m","think":false}\
      """;

  private static final String INFER =
      """
      {"model":"gpt-4o-mini","provider":"upstream","messages":[{"role":"user","content":"t"}],"params":\
      {"temperature":0.5,"max_tokens":5},"meta":{"caller":"c","project":"p","env":"e","tag":"t"}}\
      """;

  private static final String MIST =
      """
      {"version":"1","id":"00000000-0000-4000-8000-000000000001","source":"t","type":\
      "infer.request","timestamp_ns":1,"payload":\
      """;

  private static final String COMPLETION =
      """
      {"model":"gpt-4o-mini","prompt":["t"],"suffix":"s","max_tokens":5,"n":1,"best_of":1,"echo":\
      false,"logprobs":null,"stop":["x"],"seed":1,"stream":false,"user":"u"}\
      """;

  private static final String GENERATE =
      """
      {"model":"gpt-4o-mini","prompt":"t","system":"s","suffix":"","images":[],"stream":false,\
      "format":"json","options":{"num_predict":5,"seed":1},"keep_alive":"5m","context":[1]}\
      """;

  private static final String EMBEDDINGS =
      """
      {"model":"text-embedding-3-small","input":["a","b"],"dimensions":3,"encoding_format":"float",\
      "user":"u"}\
      """;

  private static final String ANSWER =
      """
      {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello","refusal":null,"tool_calls":[{"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}],"annotations":[]},"logprobs":null,\
      "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,\
      "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":\
      {"reasoning_tokens":0}},"service_tier":"default","system_fingerprint":"f"}\
      """;

  private static final String CHUNK =
      """
      {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":\
      0,"delta":{"role":"assistant","content":"Hello","tool_calls":[{"index":0,"id":"i","type":\
      "function","function":{"name":"f","arguments":"{}"}}]},"logprobs":null,"finish_reason":null}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;

  private static final String ERROR =
      """
      {"error":{"message":"m","type":"t","code":"c","param":"p","status":"s","details":[{"a":"b"}]},\
      "detail":"d","message":"m","object":"error"}\
      """;

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/v1/messages",
        "/v1/responses",
        "/api/chat",
        "/infer",
        "/mist",
        "/v1/completions",
        "/api/generate",
        "/v1/messages/count_tokens",
        "/_infermux/route/explain",
        "/v1/embeddings"
      })
  void requests(String path, Vertx vertx) throws Exception {
    Gateway open = start(vertx);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    walk(request(path), body -> open.post(path, body));
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/messages", "/infer"})
  void whole_answers(String path, Vertx vertx) throws Exception {
    Gateway open = start(vertx);

    walk(
        ANSWER,
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
        CHUNK,
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
        ERROR,
        body -> {
          open.upstream().always(MockAnswer.json(status, body));
          return open.post("/v1/chat/completions", plain("", false));
        });
  }

  private Gateway start(Vertx vertx) {
    Gateway open =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withCircuit(
                        CircuitOptions.defaults()
                            .withConsecutiveFailures(Integer.MAX_VALUE)
                            .withMinRequests(Integer.MAX_VALUE))
                    .withProvider(Gateway.provider(upstream)));
    gateway = open;
    return open;
  }

  private static String request(String path) {
    return switch (path) {
      case "/v1/messages", "/v1/messages/count_tokens" -> MESSAGES;
      case "/v1/responses" -> RESPONSES;
      case "/api/chat" -> OLLAMA;
      case "/api/generate" -> GENERATE;
      case "/v1/completions" -> COMPLETION;
      case "/infer" -> INFER;
      case "/mist" -> MIST + INFER.strip() + "}";
      case "/v1/embeddings" -> EMBEDDINGS;
      default -> CHAT;
    };
  }

  private static String plain(String path, boolean stream) {
    String most = path.equals("/v1/messages") ? "{\"max_tokens\":5," : "{";
    return most + "\"stream\":" + stream + ',' + Texts.chat(Gateway.MODEL, "Hi").substring(1);
  }

  /** Every kind with {@code -Dresilience=full}; else one for each place, in turn. */
  private static Map<String, String> turn(Map<String, String> all, int place) {
    if (Scale.FULL) {
      return all;
    }
    List<Map.Entry<String, String>> kinds = List.copyOf(all.entrySet());
    return Map.ofEntries(kinds.get(place % kinds.size()));
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
