package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The neutral form of Ollama's dialect: what is read of it, written in it, told and refused. */
class OllamaChatTest {

  private static final OllamaChat CHAT = OllamaChat.chat(System::nanoTime);
  private static final OllamaChat GENERATE = OllamaChat.generate(System::nanoTime);
  private static final String PNG = "iVBORw0KGgoAAAANSUhEUg==";

  private static final String REQUEST =
      """
      {"model":"m","stream":true,"messages":[{"role":"system","content":"Be brief"},\
      {"role":"user","content":"What is this?","images":["%s"]},\
      {"role":"assistant","content":"Let me see","thinking":"Hm","tool_calls":[\
      {"id":"c1","function":{"index":0,"name":"look","arguments":{"at":"it"}}},\
      {"id":"c2","function":{"index":1,"name":"weigh","arguments":{}}}]},\
      {"role":"tool","content":"a \\"cat\\"","tool_name":"look","tool_call_id":"c1"},\
      {"role":"tool","content":"4 kg","tool_name":"weigh","tool_call_id":"c2"}],\
      "tools":[{"type":"function","function":{"name":"look","description":"Looks",\
      "parameters":{"type":"object","properties":{"at":{"type":"string"}}}}}],\
      "format":{"type":"object"},"think":"high",\
      "options":{"num_predict":50,"temperature":0.10,"top_p":0.9,"top_k":40,\
      "presence_penalty":1,"frequency_penalty":2,"seed":7,"stop":["END"]}}\
      """
          .formatted(PNG);

  @Test
  void what_both_sides_have_survives_there_and_back() {
    Losses losses = new Losses();

    Conversation asked = read(CHAT, REQUEST, losses);
    OllamaRequestBody written = CHAT.request(asked, "m", losses);

    assertThat(new String(written.bytes(), UTF_8)).isEqualTo(REQUEST);
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void pictures_have_the_type_that_their_first_bytes_say() {
    Conversation asked = read(CHAT, REQUEST, new Losses());

    ContentPart.Image image = (ContentPart.Image) asked.turns().get(1).parts().get(0);
    assertThat(image.source())
        .isEqualTo(new ContentPart.Source.Inline("image/png", JsonText.of(PNG)));
    assertThat(mediaType("\\/9j\\/4AAQSkZJRgABAQ==")).isEqualTo("image/jpeg");
    assertThat(mediaType("R0lGODlhAQABAIAAAP==")).isEqualTo("image/gif");
    assertThat(mediaType("UklGRiQAAABXRUJQVlA4")).isEqualTo("image/webp");
    assertThatThrownBy(() -> mediaType("AAAAAAAAAAAA")).isInstanceOf(InferenceException.class);
    assertThatThrownBy(() -> mediaType("!")).isInstanceOf(InferenceException.class);
  }

  @Test
  void results_find_their_calls_by_name_and_order_where_there_are_no_ids() {
    Conversation asked =
        read(
            CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"a\"}},"
                + "{\"function\":{\"name\":\"b\"}},{\"function\":{\"name\":\"a\"}}]},"
                + "{\"role\":\"tool\",\"tool_name\":\"b\",\"content\":\"B\"},"
                + "{\"role\":\"tool\",\"content\":\"A1\"},{\"role\":\"tool\",\"content\":\"A2\"}]}",
            new Losses());

    List<String> ids = new ArrayList<>();
    for (ContentPart part : asked.turns().get(2).parts()) {
      ids.add(((ContentPart.ToolResult) part).callId());
    }
    assertThat(ids).containsExactly("call_1", "call_0", "call_2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]",
        "\"messages\":[{\"role\":\"critic\",\"content\":\"x\"}]",
        "\"messages\":[]",
        "\"messages\":[{\"role\":\"user\"}],\"format\":\"xml\"",
        "\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"type\":\"function\"}]",
        "\"messages\":[{\"role\":\"user\"}],\"options\":{\"stop\":7}",
      })
  void what_no_other_api_can_mean_is_refused(String fields) {
    assertThatThrownBy(() -> read(CHAT, "{\"model\":\"m\"," + fields + "}", new Losses()))
        .isInstanceOfSatisfying(
            InferenceException.class,
            refused -> assertThat(refused.failure().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"suffix\":\"x\"",
        "\"raw\":true",
        "\"template\":\"{{.}}\"",
        "\"context\":[1,2]",
        "\"prompt\":\"\""
      })
  void what_generates_in_a_way_of_ollamas_own_is_refused(String field) {
    String prompt = field.contains("prompt") ? "" : ",\"prompt\":\"x\"";

    assertThatThrownBy(
            () -> read(GENERATE, "{\"model\":\"m\"," + field + prompt + "}", new Losses()))
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void what_the_other_side_has_no_place_for_is_told() {
    Losses losses = new Losses();

    read(
        CHAT,
        "{\"model\":\"m\",\"keep_alive\":\"5m\",\"logprobs\":true,\"truncate\":null,"
            + "\"options\":{\"num_ctx\":1,\"mirostat\":2},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"mood\":1}]}",
        losses);

    assertThat(losses.dropped())
        .containsExactly(
            "keep_alive", "logprobs", "options.num_ctx", "options.mirostat", "messages.mood");
  }

  @Test
  void generated_text_reads_as_one_message_and_is_written_as_one() {
    String request =
        "{\"model\":\"m\",\"stream\":false,\"prompt\":\"Why?\",\"system\":\"Be brief\","
            + "\"think\":false,\"options\":{\"num_predict\":9}}";
    Losses losses = new Losses();

    Conversation asked = read(GENERATE, request, losses);

    assertThat(asked.turns())
        .containsExactly(
            new Turn(Turn.Role.SYSTEM, List.of(text("Be brief"))),
            new Turn(Turn.Role.USER, List.of(text("Why?"))));
    assertThat(new String(GENERATE.request(asked, "m", losses).bytes(), UTF_8)).isEqualTo(request);
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void choice_of_tools_is_dropped_and_told_and_none_offers_none() {
    ToolUse.Tool tool = ToolUse.Tool.of("f", null, null, true);
    Losses losses = new Losses();

    JsonObject forced =
        written(asked(new ToolUse(List.of(tool), ToolUse.Mode.NAMED, "f", false)), losses);
    JsonObject none =
        written(asked(new ToolUse(List.of(tool), ToolUse.Mode.NONE, "", null)), new Losses());

    assertThat(losses.dropped())
        .containsExactly("tool_choice", "parallel_tool_calls", "tools.strict");
    assertThat(forced.getJsonArray("tools").encode())
        .isEqualTo(
            "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{}}}}]");
    assertThat(none.containsKey("tools")).isFalse();
  }

  @Test
  void what_the_server_would_have_to_fetch_is_refused() {
    ContentPart.Source address = new ContentPart.Source.Address(JsonText.of("https://a/b.png"));

    for (ContentPart part :
        List.of(
            new ContentPart.Image(address),
            new ContentPart.Document(address, null),
            new ContentPart.ToolResult("nobody", List.of(), false))) {
      assertThatThrownBy(() -> CHAT.request(asked(part), "m", new Losses()))
          .isInstanceOf(InferenceException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,false",
    "minimal,\"low\"",
    "low,\"low\"",
    "high,\"high\"",
    "xhigh,\"max\"",
    "max,\"max\""
  })
  void effort_is_how_much_it_thinks(String effort, String think) {
    Conversation asked = asked(text("x"));
    Conversation thinking = with(asked, new Conversation.Reasoning(effort, -1, false), 1);

    assertThat(new String(CHAT.request(thinking, "m", new Losses()).bytes(), UTF_8))
        .contains("\"think\":" + think);
  }

  @Test
  void thinking_without_a_word_on_how_much_is_left_to_the_model() {
    Losses losses = new Losses();
    Conversation thinking = with(asked(text("x")), new Conversation.Reasoning("", 4000, true), 1);

    assertThat(written(thinking, losses).containsKey("think")).isFalse();
    assertThat(losses.dropped()).containsExactly("thinking.budget_tokens");
  }

  @Test
  void more_than_one_answer_is_refused() {
    assertThatThrownBy(() -> CHAT.request(with(asked(text("x")), null, 2), "m", new Losses()))
        .isInstanceOfSatisfying(
            InferenceException.class,
            refused -> assertThat(refused.failure().param()).isEqualTo("n"));
  }

  @Test
  void whole_answer_reads_as_events_and_is_written_back() {
    String answer =
        "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":"
            + "\"assistant\",\"content\":\"Hi \\\"you\\\"\",\"thinking\":\"Hm\",\"tool_calls\":["
            + "{\"id\":\"c9\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":"
            + "{\"a\":\"\\\"x\\\"\"}}}]},\"done\":true,\"done_reason\":\"stop\","
            + "\"total_duration\":5,\"prompt_eval_count\":9,\"eval_count\":3}";

    List<ChatEvent> events = CHAT.events(Buffer.buffer(answer));
    JsonObject written = new JsonObject(CHAT.answer(events, attempt()));

    assertThat(events)
        .contains(
            new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
            new ChatEvent.Used(Usage.reported(9, 3)),
            new ChatEvent.CallBegins(0, "c9", "f"));
    JsonObject expected = new JsonObject(answer);
    for (String field : List.of("model", "message", "done", "done_reason", "eval_count")) {
      assertThat(written.getValue(field)).as(field).isEqualTo(expected.getValue(field));
    }
    assertThat(written.getLong("total_duration")).isPositive();
    assertThat(written.getString("created_at")).endsWith("Z");
  }

  @Test
  void calls_without_ids_get_some_that_differ() {
    String call = "{\"function\":{\"name\":\"f\",\"arguments\":{}}}";
    String answer =
        "{\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"tool_calls\":["
            + call
            + ","
            + call
            + "]},\"done\":true}";

    List<String> ids = new ArrayList<>();
    for (ChatEvent event : CHAT.events(Buffer.buffer(answer))) {
      if (event instanceof ChatEvent.CallBegins begins) {
        ids.add(begins.id());
      }
    }
    assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.startsWith("call_"));
  }

  @Test
  void arguments_that_are_written_as_text_are_the_object_in_it() {
    String answer =
        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":"
            + "\"{\\\"a\\\":1}\"}}]},\"done\":true,\"done_reason\":\"stop\"}";

    assertThat(CHAT.events(Buffer.buffer(answer)))
        .filteredOn(ChatEvent.CallArguments.class::isInstance)
        .singleElement()
        .extracting(event -> ((ChatEvent.CallArguments) event).json().decoded())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void stream_is_written_in_lines_and_ends_with_the_counts() {
    List<JsonObject> lines =
        lines(
            CHAT,
            new ChatEvent.Begin("", "gpt", null),
            new ChatEvent.Thinking(JsonText.of("Hm")),
            new ChatEvent.Text(JsonText.of("Hel\n")),
            new ChatEvent.CallBegins(0, "c1", "f"),
            new ChatEvent.CallBegins(1, "c2", "g"),
            new ChatEvent.CallArguments(0, JsonText.of("{\"a\":")),
            new ChatEvent.CallArguments(0, JsonText.of("1}")),
            new ChatEvent.CallEnds(1),
            new ChatEvent.CallEnds(0),
            new ChatEvent.Finish(FinishReason.LENGTH, null),
            new ChatEvent.Used(Usage.reported(9, 3)),
            new ChatEvent.Over());

    assertThat(lines).hasSize(5);
    assertThat(lines.subList(0, 4)).allMatch(line -> !line.getBoolean("done"));
    assertThat(lines).allMatch(line -> line.getString("model").equals("gpt"));
    assertThat(message(lines, 0).getString("thinking")).isEqualTo("Hm");
    assertThat(message(lines, 1).getString("content")).isEqualTo("Hel\n");
    assertThat(message(lines, 2).getJsonArray("tool_calls").encode())
        .contains("\"g\"", "\"arguments\":{}");
    assertThat(message(lines, 3).getJsonArray("tool_calls").encode())
        .contains("\"id\":\"c1\"", "\"arguments\":{\"a\":1}");
    assertThat(lines.get(4).getBoolean("done")).isTrue();
    assertThat(lines.get(4).getString("done_reason")).isEqualTo("length");
    assertThat(lines.get(4).getInteger("prompt_eval_count")).isEqualTo(9);
    assertThat(lines.get(4).getInteger("eval_count")).isEqualTo(3);
    assertThat(lines.get(4).getLong("eval_duration")).isPositive();
  }

  @Test
  void generated_stream_has_its_text_at_the_top() {
    List<JsonObject> lines =
        lines(
            GENERATE,
            new ChatEvent.Begin("", "gpt", null),
            new ChatEvent.Text(JsonText.of("Hi")),
            new ChatEvent.Finish(FinishReason.STOP, null),
            new ChatEvent.Over());

    assertThat(lines.get(0).getString("response")).isEqualTo("Hi");
    assertThat(lines.get(1).getString("response")).isEmpty();
    assertThat(lines.get(1).getString("done_reason")).isEqualTo("stop");
    assertThat(lines.get(1).containsKey("eval_count")).isFalse();
  }

  @Test
  void arguments_that_are_no_object_break_the_answer() {
    for (String arguments : List.of("[1]", "{\"a\":", "{} {}", "7")) {
      assertThatThrownBy(
              () ->
                  lines(
                      CHAT,
                      new ChatEvent.CallBegins(0, "c1", "f"),
                      new ChatEvent.CallArguments(0, JsonText.of(arguments)),
                      new ChatEvent.CallEnds(0),
                      new ChatEvent.Finish(FinishReason.TOOL_CALLS, null)))
          .as(arguments)
          .isInstanceOf(JsonSyntaxException.class);
    }
  }

  @Test
  void a_call_that_the_longest_length_cuts_is_left_out() {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.CallBegins(0, "c1", "f"),
            new ChatEvent.CallArguments(0, JsonText.of("{\"a\":\"b\"}")),
            new ChatEvent.CallEnds(0),
            new ChatEvent.CallBegins(1, "c2", "f"),
            new ChatEvent.CallArguments(1, JsonText.of("{\"a\":\"b")),
            new ChatEvent.CallEnds(1),
            new ChatEvent.Finish(FinishReason.LENGTH, null),
            new ChatEvent.Over());

    List<JsonObject> lines = lines(CHAT, events.toArray(new ChatEvent[0]));
    JsonObject whole = CHAT.answer(events, attempt()).toJsonObject();

    assertThat(lines).hasSize(2);
    assertThat(message(lines, 0).getJsonArray("tool_calls")).hasSize(1);
    assertThat(lines.get(1).getString("done_reason")).isEqualTo("length");
    assertThat(whole.getJsonObject("message").getJsonArray("tool_calls")).hasSize(1);
    assertThat(whole.getString("done_reason")).isEqualTo("length");
  }

  private static List<JsonObject> lines(ChatDialect dialect, ChatEvent... events) {
    FrameWriter out = Framing.NDJSON.writer();
    ChatEventWriter writer = dialect.writer(attempt());
    for (ChatEvent event : events) {
      writer.write(event, out);
    }
    Buffer written = out.take();
    List<JsonObject> lines = new ArrayList<>();
    for (String line : (written == null ? "" : written.toString(UTF_8)).split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(new JsonObject(line));
      }
    }
    return lines;
  }

  private static JsonObject message(List<JsonObject> lines, int index) {
    return lines.get(index).getJsonObject("message");
  }

  private static String mediaType(String base64) {
    Conversation asked =
        read(
            CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"images\":[\"" + base64 + "\"]}]}",
            new Losses());
    ContentPart.Image image = (ContentPart.Image) asked.turns().get(0).parts().get(0);
    return ((ContentPart.Source.Inline) image.source()).mediaType();
  }

  private static ContentPart text(String text) {
    return new ContentPart.Text(JsonText.of(text));
  }

  private static Conversation asked(ContentPart part) {
    return with(new Turn(Turn.Role.USER, List.of(part)), ToolUse.NONE, null, 1);
  }

  private static Conversation asked(ToolUse tools) {
    return with(new Turn(Turn.Role.USER, List.of(text("x"))), tools, null, 1);
  }

  private static Conversation with(
      Conversation asked, Conversation.@Nullable Reasoning how, long n) {
    return with(asked.turns().get(0), asked.tools(), how, n);
  }

  private static Conversation with(
      Turn turn, ToolUse tools, Conversation.@Nullable Reasoning reasoning, long choices) {
    return new Conversation(
        List.of(turn),
        tools,
        Sampling.NONE,
        null,
        reasoning,
        -1,
        choices,
        List.of(),
        null,
        null,
        false,
        true,
        Map.of());
  }

  private static JsonObject written(Conversation asked, Losses losses) {
    return new JsonObject(Buffer.buffer(CHAT.request(asked, "m", losses).bytes()));
  }

  private static Conversation read(OllamaChat dialect, String body, Losses losses) {
    OllamaEndpoint endpoint =
        dialect.title().equals("generate") ? OllamaEndpoint.GENERATE : OllamaEndpoint.CHAT;
    return dialect.conversation(OllamaRequestBody.scan(endpoint, body.getBytes(UTF_8)), losses);
  }

  private static Attempt attempt() {
    return TestCall.of(
            Operation.CHAT, OllamaRequestBody.scan(OllamaEndpoint.CHAT, REQUEST.getBytes(UTF_8)))
        .attempt();
  }
}
