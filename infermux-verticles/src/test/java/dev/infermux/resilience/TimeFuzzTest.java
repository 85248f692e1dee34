package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.dialect.ollama.OllamaRequestBody;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.MistException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for requests whose time grows faster than they do: any piece of a request, cut anywhere, is
 * repeated until it is long, and eight times as long; eight times the time is what it may take. A
 * seed tells how to see it again.
 */
@Timeout(300)
final class TimeFuzzTest {

  private static final int SHORT = 40_000;
  private static final int TIMES = 8;

  /** Growth that is no longer linear, and what no measurement is sure of. */
  private static final int SUSPICIOUS = 3 * TIMES;

  private static final long NOISE_NANOS = 100_000_000;
  private static final int ROUNDS = Scale.of(60, 3_000);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, Consumer<byte[]>> READERS = readers();

  private static Map<String, Consumer<byte[]>> readers() {
    Map<String, Consumer<byte[]>> all = new LinkedHashMap<>();
    all.put("chat", bytes -> edited(OpenAiRequestBody.scan(Operation.CHAT, bytes)));
    all.put("completion", bytes -> edited(OpenAiRequestBody.scan(Operation.COMPLETION, bytes)));
    all.put("messages", bytes -> edited(AnthropicRequestBody.scan(Operation.CHAT, bytes)));
    all.put(
        "responses",
        bytes -> edited(ResponsesRequestBody.scan(ResponsesEndpoint.values()[0], bytes)));
    all.put("ollama", bytes -> edited(OllamaRequestBody.scan(OllamaEndpoint.values()[0], bytes)));
    all.put(
        "infer",
        bytes -> edited(InferRequestReader.of(bytes, Attribution.ANONYMOUS, false).body()));
    all.put("mist", EnvelopeReader::receive);
    all.put("error of a provider", bytes -> ErrorBody.read(bytes, 0, bytes.length));
    return all;
  }

  /** What is done with a request before it is sent. */
  private static void edited(RequestBody body) {
    body.withMaxTokens(7).withModel("m").bytesFor("another");
    body.visitPrompt(new Unread());
  }

  /** Takes all of a prompt and keeps none of it. */
  private static final class Unread implements PromptVisitor {

    @Override
    public int room() {
      return 1 << 20;
    }

    @Override
    public void chat() {}

    @Override
    public void message() {}

    @Override
    public void name() {}

    @Override
    public void token() {}

    @Override
    public void text(String text, int read, int left) {}
  }

  static Stream<String> names() {
    return READERS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void time_grows_as_the_request_does(String name) {
    Consumer<byte[]> reader = READERS.getOrDefault(name, bytes -> {});
    List<String> found = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long seed = name.hashCode() * 31L + round;
      if (grows(reader, seed)) {
        found.add("seed " + seed + ": " + text(seed, 300));
      }
    }
    assertThat(found).isEmpty();
  }

  /** Several times, since a compiler or a collector may come in between. */
  private static boolean grows(Consumer<byte[]> reader, long seed) {
    byte[] brief = text(seed, SHORT).getBytes(ISO_8859_1);
    byte[] wide = text(seed, SHORT * TIMES).getBytes(ISO_8859_1);
    for (int tries = 0; tries < 4; tries++) {
      long little = nanos(reader, brief);
      long much = nanos(reader, wide);
      if (much < NOISE_NANOS || much < SUSPICIOUS * little) {
        return false;
      }
    }
    return true;
  }

  private static long nanos(Consumer<byte[]> reader, byte[] text) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      reader.accept(text);
    } catch (InferenceException | MistException refused) {
      // That is allowed, if it does not take long.
    }
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  /** A document in which one piece is repeated until it is so long. */
  private static String text(long seed, int length) {
    Random random = new Random(seed);
    String document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
    int from = random.nextInt(document.length());
    int to = Math.min(document.length(), from + 1 + random.nextInt(40));
    String piece = random.nextInt(4) == 0 ? OPENINGS.get(random.nextInt(OPENINGS.size())) : "";
    piece += document.substring(from, to);
    String rest = random.nextBoolean() ? document.substring(to) : "";
    return document.substring(0, from) + piece.repeat(1 + length / piece.length()) + rest;
  }

  private static final List<String> OPENINGS =
      List.of("[", "{\"a\":", "\\", "\\u", "\"", "1", "-", ".", "e", " ", "\n", "{\"role\":", ",");

  private static final List<String> DOCUMENTS =
      List.of(
          """
          {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":\
          [{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"data:image/png;\
          base64,AA"}}]},{"role":"assistant","tool_calls":[{"id":"i","type":"function",\
          "function":{"name":"f","arguments":"{}"}}]}],"max_tokens":5,"n":1,"stream":true,\
          "stream_options":{"include_usage":true},"tools":[{"type":"function","function":\
          {"name":"f","parameters":{"type":"object"}}}],"stop":["x"],"seed":1,"user":"u"}\
          """,
          """
          {"model":"m","max_tokens":5,"system":[{"type":"text","text":"s"}],"messages":[{"role":\
          "user","content":[{"type":"image","source":{"type":"base64","data":"AA"}}]},{"role":\
          "assistant","content":[{"type":"tool_use","id":"i","name":"f","input":{"a":1}}]}],\
          "prompt":["a","b"],"suffix":"c","options":{"num_predict":3,"seed":1},"format":"json"}\
          """,
          """
          {"model":"m","instructions":"s","input":[{"role":"user","content":[{"type":"input_text",\
          "text":"t"}]},{"type":"function_call_output","call_id":"i","output":"r"}],\
          "max_output_tokens":20,"text":{"format":{"type":"text"}},"previous_response_id":null}\
          """,
          """
          {"version":"1","id":"00000000-0000-4000-8000-000000000001","source":"t","type":\
          "infer.request","timestamp_ns":1,"payload":{"model":"m","provider":"p","messages":\
          [{"role":"user","content":"t"}],"params":{"max_tokens":5},"meta":{"caller":"c"}}}\
          """);
}
