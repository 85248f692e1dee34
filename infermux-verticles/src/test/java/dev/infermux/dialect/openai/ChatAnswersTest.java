package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.CallEnds;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonText;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chats' answers as events, and events as answers. */
class ChatAnswersTest {

  private static final OpenAiChat CHAT = new OpenAiChat();

  @ParameterizedTest
  @ValueSource(strings = {"groq-tools", "mistral-tools", "xai-tools"})
  void a_recorded_stream_calls_its_tool_once_with_arguments_that_are_json(String name)
      throws IOException {
    List<JsonObject> chunks = chunks(rewritten(recorded(name), TestCall.streamWithUsage(), CHAT));

    List<JsonObject> calls = new ArrayList<>();
    StringBuilder arguments = new StringBuilder();
    for (JsonObject chunk : chunks) {
      JsonObject delta = delta(chunk);
      JsonArray given = delta == null ? null : delta.getJsonArray("tool_calls");
      if (given != null) {
        JsonObject call = given.getJsonObject(0);
        assertThat(call.getInteger("index")).isZero();
        arguments.append(call.getJsonObject("function").getString("arguments"));
        if (call.containsKey("id")) {
          calls.add(call);
        }
      }
    }
    assertThat(calls)
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.getString("id")).isNotEmpty();
              assertThat(call.getString("type")).isEqualTo("function");
              assertThat(call.getJsonObject("function").getString("name")).isNotEmpty();
            });
    assertThat(new JsonObject(arguments.toString())).isNotNull();
    JsonObject last = chunks.get(chunks.size() - 1);
    assertThat(last.getJsonArray("choices")).isEmpty();
    assertThat(last.getJsonObject("usage").getLong("total_tokens")).isPositive();
    assertThat(finish(chunks)).isEqualTo("tool_calls");
    checkProfile(chunks);
  }

  @Test
  void reasoning_is_told_apart_from_the_answer() throws IOException {
    String all = rewritten(recorded("deepseek-tools"), TestCall.stream(), CHAT);

    assertThat(all).contains("{\"reasoning_content\":\"The\"}").doesNotContain("\"usage\"");
  }

  @Test
  void calls_count_from_0_whatever_the_provider_counts() throws IOException {
    String all = rewritten(recorded("fallback-tools"), TestCall.stream(), CHAT);

    assertThat(all)
        .contains("[{\"index\":0,\"id\":\"toolu_sanitized\",\"type\":\"function\"")
        .doesNotContain("[{\"index\":1");
  }

  @Test
  void a_report_of_filters_before_the_answer_begins_nothing() throws IOException {
    List<JsonObject> chunks =
        chunks(rewritten(recorded("model-router"), TestCall.streamWithUsage(), CHAT));

    assertThat(chunks.get(0).getString("id")).startsWith("chatcmpl-CYPS");
    assertThat(chunks.get(0).getString("model")).isEqualTo("gpt-5-nano-2025-08-07");
    checkProfile(chunks);
  }

  @Test
  void a_stream_that_is_cut_anywhere_does_not_end() throws IOException {
    byte[] bytes = recorded("xai-tools").getBytes(UTF_8);
    int done = new String(bytes, UTF_8).indexOf("data: [DONE]") + "data: [DONE]".length();
    for (int cut = 0; cut <= done; cut++) {
      String read = rewritten(bytes, cut, TestCall.stream(), CHAT);
      assertThat(read).doesNotContain("[DONE]");
    }
    assertThat(rewritten(bytes, bytes.length, TestCall.stream(), CHAT))
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void the_torn_bytes_of_a_stream_make_the_same_events() throws IOException {
    byte[] bytes = recorded("mistral-tools").getBytes(UTF_8);
    String whole = rewritten(bytes, bytes.length, TestCall.stream(), CHAT);
    FrameWriter out = Framing.SSE.writer();
    ChatEventReader reader = CHAT.reader();
    ChatEventWriter writer = CHAT.writer(TestCall.stream().attempt());
    FrameSplitter splitter =
        Framing.SSE.splitter(frame -> reader.read(frame, event -> writer.write(event, out)));
    for (int i = 0; i < bytes.length; i++) {
      splitter.feed(bytes, i, i + 1);
    }

    assertThat(Objects.requireNonNull(out.take()).toString(UTF_8)).isEqualTo(whole);
  }

  @Test
  void a_call_without_arguments_has_an_empty_object_and_a_call_without_an_id_gets_one() {
    List<ChatEvent> events =
        List.of(
            new Begin("msg_1", "claude", new Usage(5, 2, 1, 0, 1, 0, false, Usage.Terms.STANDARD)),
            new CallBegins(0, "", "now"),
            new CallEnds(0),
            new CallBegins(1, "toolu_2", "then"),
            new CallEnds(1),
            new Finish(FinishReason.TOOL_CALLS, null),
            new Used(new Usage(5, 2, 1, 0, 9, 4, false, Usage.Terms.STANDARD)),
            new Over());

    JsonObject whole =
        new JsonObject(CHAT.answer(events, TestCall.chat().attempt()).toString(UTF_8));
    List<JsonObject> chunks = chunks(streamed(events, TestCall.streamWithUsage(), CHAT));

    assertThat(whole)
        .isEqualTo(
            new JsonObject(
                """
                {"id":"chatcmpl-msg_1","object":"chat.completion","created":1700000000,
                 "model":"claude","choices":[{"index":0,"message":{"role":"assistant",
                  "content":null,"refusal":null,"tool_calls":[
                   {"id":"call_req-1_0","type":"function","function":{"name":"now","arguments":"{}"}},
                   {"id":"toolu_2","type":"function","function":{"name":"then","arguments":"{}"}}]},
                  "logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":8,"completion_tokens":9,"total_tokens":17,
                  "prompt_tokens_details":{"cached_tokens":2,"cache_write_tokens":1},
                  "completion_tokens_details":{"reasoning_tokens":4}}}\
                """));
    assertThat(chunks.get(chunks.size() - 1).getJsonObject("usage"))
        .isEqualTo(whole.getJsonObject("usage"));
    assertThat(chunks.toString()).contains("\"index\":1,\"function\":{\"arguments\":\"{}\"}");
    checkProfile(chunks);
  }

  @Test
  void a_whole_answer_is_the_same_after_there_and_back() {
    String answer =
        """
        {"id":"chatcmpl-7","object":"chat.completion","created":1700000000,"model":"m",
         "choices":[{"index":0,"message":{"role":"assistant","content":"a\\n\\"b\\" \\ud83d\\ude00",
          "refusal":null,"reasoning_content":"hm"},"logprobs":null,"finish_reason":"length"}],
         "usage":{"prompt_tokens":8,"completion_tokens":9,"total_tokens":17,
          "prompt_tokens_details":{"cached_tokens":2,"cache_write_tokens":0},
          "completion_tokens_details":{"reasoning_tokens":4}}}\
        """;

    Buffer back = CHAT.answer(CHAT.events(Buffer.buffer(answer)), TestCall.chat().attempt());

    assertThat(new JsonObject(back)).isEqualTo(new JsonObject(answer));
  }

  @Test
  void a_server_that_says_stop_and_calls_waits_for_tools() {
    List<ChatEvent> events =
        CHAT.events(
            Buffer.buffer(
                """
                {"id":"x","model":"m","choices":[{"finish_reason":"stop","index":0,"message":
                 {"content":[{"type":"text","text":"a"}],"tool_calls":[{"function":
                  {"name":"f","arguments":{"a":"b"}}}]}}]}\
                """));

    assertThat(events)
        .contains(
            new Text(JsonText.of("a")),
            new CallBegins(0, "call_x_0", "f"),
            new ChatEvent.CallArguments(0, JsonText.of("{\"a\":\"b\"}")),
            new Finish(FinishReason.TOOL_CALLS, null));
  }

  @Test
  void a_legacy_completion_is_written_as_text() {
    OpenAiCompletions completions = new OpenAiCompletions();
    List<ChatEvent> events =
        List.of(
            new Begin("msg_1", "claude", null),
            new ChatEvent.Thinking(JsonText.of("hm")),
            new Text(JsonText.of("Once ")),
            new Text(JsonText.of("upon")),
            new Finish(FinishReason.STOP_SEQUENCE, null),
            new Used(Usage.reported(3, 4)),
            new Over());
    TestCall call =
        TestCall.of(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":true}");

    JsonObject whole = new JsonObject(completions.answer(events, call.attempt()));
    List<JsonObject> chunks = chunks(streamed(events, call, completions));

    assertThat(whole.getString("object")).isEqualTo("text_completion");
    assertThat(whole.getString("id")).isEqualTo("cmpl-msg_1");
    JsonObject choice = whole.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getString("text")).isEqualTo("Once upon");
    assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    assertThat(whole.getJsonObject("usage").getLong("total_tokens")).isEqualTo(7);
    assertThat(chunks)
        .extracting(chunk -> chunk.getJsonArray("choices").getJsonObject(0).getString("text"))
        .containsExactly("Once ", "upon", "");
  }

  @Test
  void callers_of_deprecated_functions_read_one_call_under_its_former_names() {
    TestCall call =
        TestCall.of(
            Operation.CHAT,
            OpenAiRequestBody.scan(
                Operation.CHAT,
                """
                {"model":"m","stream":true,"functions":[{"name":"f"}],
                 "messages":[{"role":"user","content":"x"}]}\
                """
                    .getBytes(UTF_8)));
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Begin("x", "m", null),
            new ChatEvent.CallBegins(0, "a", "f"),
            new ChatEvent.CallBegins(1, "b", "g"),
            new ChatEvent.CallArguments(0, JsonText.of("{\"a\"")),
            new ChatEvent.CallArguments(1, JsonText.of("{}")),
            new ChatEvent.CallArguments(0, JsonText.of(":1}")),
            new ChatEvent.CallEnds(0),
            new ChatEvent.CallEnds(1),
            new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
            new ChatEvent.Over());

    JsonObject choice =
        CHAT.answer(events, call.attempt()).toJsonObject().getJsonArray("choices").getJsonObject(0);
    String stream = streamed(events, call, CHAT);

    JsonObject function = new JsonObject().put("name", "f").put("arguments", "{\"a\":1}");
    assertThat(choice.getJsonObject("message").getJsonObject("function_call")).isEqualTo(function);
    assertThat(choice.getJsonObject("message").containsKey("tool_calls")).isFalse();
    assertThat(choice.getString("finish_reason")).isEqualTo("function_call");
    assertThat(
            chunks(stream).stream()
                .map(ChatAnswersTest::delta)
                .filter(delta -> delta != null && delta.containsKey("function_call"))
                .map(delta -> delta.getJsonObject("function_call").encode()))
        .containsExactly(
            "{\"name\":\"f\"}", "{\"arguments\":\"{\\\"a\\\"\"}", "{\"arguments\":\":1}\"}");
    assertThat(stream).contains("\"finish_reason\":\"function_call\"").doesNotContain("tool_calls");
  }

  private static String rewritten(String events, TestCall call, ChatDialect dialect) {
    byte[] bytes = events.getBytes(UTF_8);
    return rewritten(bytes, bytes.length, call, dialect);
  }

  private static String rewritten(byte[] bytes, int to, TestCall call, ChatDialect dialect) {
    FrameWriter out = Framing.SSE.writer();
    ChatEventReader reader = CHAT.reader();
    ChatEventWriter writer = dialect.writer(call.attempt());
    Framing.SSE
        .splitter(frame -> reader.read(frame, event -> writer.write(event, out)))
        .feed(bytes, 0, to);
    Buffer written = out.take();
    return written == null ? "" : written.toString(UTF_8);
  }

  private static String streamed(List<ChatEvent> events, TestCall call, ChatDialect dialect) {
    FrameWriter out = Framing.SSE.writer();
    ChatEventWriter writer = dialect.writer(call.attempt());
    events.forEach(event -> writer.write(event, out));
    return Objects.requireNonNull(out.take()).toString(UTF_8);
  }

  private static List<JsonObject> chunks(String stream) {
    assertThat(stream).endsWith("data: [DONE]\n\n");
    List<JsonObject> chunks = new ArrayList<>();
    for (String event : stream.split("\n\n")) {
      if (!event.equals("data: [DONE]")) {
        chunks.add(new JsonObject(event.substring("data: ".length())));
      }
    }
    return chunks;
  }

  private static @Nullable JsonObject delta(JsonObject chunk) {
    JsonArray choices = chunk.getJsonArray("choices");
    return choices.isEmpty() ? null : choices.getJsonObject(0).getJsonObject("delta");
  }

  private static String finish(List<JsonObject> chunks) {
    return chunks
        .get(chunks.size() - 2)
        .getJsonArray("choices")
        .getJsonObject(0)
        .getString("finish_reason");
  }

  /** What all known clients take: see the package's repair of chunks. */
  private static void checkProfile(List<JsonObject> chunks) {
    int finishes = 0;
    for (int i = 0; i < chunks.size(); i++) {
      JsonObject chunk = chunks.get(i);
      assertThat(chunk.getString("id")).isEqualTo(chunks.get(0).getString("id")).isNotEmpty();
      assertThat(chunk.getString("object")).isEqualTo("chat.completion.chunk");
      assertThat(chunk.getValue("created")).isInstanceOf(Integer.class);
      assertThat(chunk.getString("model")).isNotEmpty();
      JsonObject delta = delta(chunk);
      if (delta != null) {
        assertThat(delta.containsKey("role")).isEqualTo(i == 0);
        assertThat(chunk.getJsonObject("usage")).isNull();
        assertThat(finishes).isZero();
        finishes +=
            chunk.getJsonArray("choices").getJsonObject(0).getString("finish_reason") == null
                ? 0
                : 1;
      }
    }
    assertThat(finishes).isOne();
  }

  private static String recorded(String name) throws IOException {
    try (InputStream file =
        ChatAnswersTest.class.getResourceAsStream("/wire/openai/" + name + ".chunks")) {
      StringBuilder events = new StringBuilder();
      new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
          .lines()
          .forEach(line -> events.append("data: ").append(line).append("\n\n"));
      return events.append("data: [DONE]\n\n").toString();
    }
  }
}
