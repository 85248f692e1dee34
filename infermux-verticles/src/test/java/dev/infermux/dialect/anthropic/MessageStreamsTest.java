package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonText;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as events of the neutral form, and events as answers. */
class MessageStreamsTest {

  private static final ChatDialect MESSAGES = new AnthropicChat(any -> 0);
  private static final Attempt ATTEMPT =
      TestCall.of(
              Operation.CHAT,
              AnthropicRequestBody.scan(
                  Operation.CHAT,
                  "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello you\"}]}"
                      .getBytes(UTF_8)))
          .attempt();

  private static Buffer recorded(String file) {
    return file.endsWith(".sse")
        ? Wire.bytes("anthropic/" + file)
        : MessageEvents.stream(Wire.lines("anthropic/" + file));
  }

  private static Buffer rewritten(Buffer stream) {
    ChatEventReader reader = MESSAGES.reader();
    ChatEventWriter writer = MESSAGES.writer(ATTEMPT);
    FrameWriter out = Framing.NAMED_SSE.writer();
    FrameSplitter splitter =
        Framing.NAMED_SSE.splitter(frame -> reader.read(frame, event -> writer.write(event, out)));
    byte[] bytes = stream.getBytes();
    splitter.feed(bytes, 0, bytes.length);
    return Objects.requireNonNull(out.take());
  }

  private static JsonObject joined(Buffer stream) {
    MessageJoiner joiner = new MessageJoiner();
    joiner.events(stream);
    return joiner.message().toJsonObject();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text.chunks",
        "tool-no-args.chunks",
        "message-delta-input-tokens.chunks",
        "stream-thinking.sse",
        "stream-tool.sse"
      })
  void a_recorded_stream_says_the_same_after_a_journey_through_the_neutral_form(String file) {
    JsonObject before = joined(recorded(file));

    JsonObject after = joined(rewritten(recorded(file)));

    assertThat(after.getJsonArray("content")).isEqualTo(before.getJsonArray("content"));
    for (String field : List.of("id", "model", "role", "type", "stop_reason")) {
      assertThat(after.getValue(field)).as(field).isEqualTo(before.getValue(field));
    }
    for (String count : List.of("input_tokens", "output_tokens")) {
      assertThat(after.getJsonObject("usage").getValue(count))
          .isEqualTo(before.getJsonObject("usage").getValue(count));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"b", "{", "[1]", "{} {}"})
  void a_call_that_the_longest_length_cuts_is_joined_as_an_object(String pieces) {
    JsonObject whole =
        joined(
            List.of(
                "{'type':'message_start','message':{'id':'msg_1','content':[]}}",
                "{'type':'content_block_start','index':0,"
                    + "'content_block':{'type':'tool_use','id':'t','name':'f','input':{}}}",
                new JsonObject()
                    .put("type", "content_block_delta")
                    .put("index", 0)
                    .put(
                        "delta",
                        new JsonObject()
                            .put("type", "input_json_delta")
                            .put("partial_json", pieces))
                    .encode(),
                "{'type':'content_block_stop','index':0}",
                "{'type':'message_delta','delta':{'stop_reason':'max_tokens'}}"));

    assertThat(whole.getJsonArray("content").getJsonObject(0).getJsonObject("input")).isEmpty();
    assertThat(whole.getString("stop_reason")).isEqualTo("max_tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{'type':'content_block_stop','index':0}",
        "{'type':'content_block_delta','index':0,"
            + "'delta':{'type':'input_json_delta','partial_json':'{\\\"a\\\":1}'}}"
      })
  void what_a_call_begins_with_counts_where_no_piece_follows(String next) {
    String begins =
        "{'type':'content_block_start','index':0,'content_block':"
            + "{'type':'tool_use','id':'%s','name':'f','input':{'a':%d}}}";
    List<String> lines =
        Stream.of(
                "{'type':'message_start','message':{'id':'msg_1','content':[]}}",
                begins.formatted("first", next.contains("delta") ? 0 : 1),
                next,
                begins.formatted("second", 2),
                "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}",
                "{'type':'message_stop'}")
            .filter(line -> !line.isEmpty())
            .map(line -> line.replace('\'', '"'))
            .toList();

    JsonArray content = joined(rewritten(MessageEvents.stream(lines))).getJsonArray("content");

    assertThat(content)
        .extracting(call -> ((JsonObject) call).getJsonObject("input").getInteger("a"))
        .containsExactly(1, 2);
  }

  @Test
  void what_no_reader_knows_is_joined_too() {
    JsonObject whole =
        joined(
            List.of(
                "{'type':'message_start','message':{'id':'msg_1','content':[]}}",
                "{'type':'content_block_start','index':0,"
                    + "'content_block':{'type':'compaction','content':null}}",
                "{'type':'content_block_delta','index':0,"
                    + "'delta':{'type':'compaction_delta','content':'So far','sealed':'x'}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'content_block_start','index':1,"
                    + "'content_block':{'type':'text','text':''}}",
                "{'type':'content_block_delta','index':1,"
                    + "'delta':{'type':'text_delta','text':'Hi'}}",
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                    + "'context_management':{'applied_edits':[]}}"));

    assertThat(whole)
        .isEqualTo(
            new JsonObject(
                """
                {"id":"msg_1","content":[{"type":"compaction","content":"So far","sealed":"x"},
                 {"type":"text","text":"Hi"}],"stop_reason":"end_turn",
                 "context_management":{"applied_edits":[]},"usage":{}}
                """));
  }

  private static JsonObject joined(List<String> events) {
    return joined(
        MessageEvents.stream(events.stream().map(event -> event.replace('\'', '"')).toList()));
  }

  @Test
  void a_refusal_is_told_in_words_and_as_the_reason_to_end() {
    JsonObject after = joined(rewritten(recorded("refusal.chunks")));

    assertThat(after.getString("stop_reason")).isEqualTo("refusal");
    assertThat(after.getJsonArray("content").getJsonObject(0).getString("text"))
        .startsWith("This request triggered restrictions");
  }

  @Test
  void a_whole_answer_says_the_same_after_a_journey_through_the_neutral_form() {
    Buffer recorded = Wire.bytes("anthropic/text.json");

    JsonObject after = MESSAGES.answer(MESSAGES.events(recorded), ATTEMPT).toJsonObject();

    assertThat(after.getJsonArray("content"))
        .isEqualTo(recorded.toJsonObject().getJsonArray("content"));
    assertThat(after.getString("id")).isEqualTo(recorded.toJsonObject().getString("id"));
    assertThat(after.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(29);
  }

  @Test
  void parallel_calls_whose_pieces_alternate_become_blocks_one_after_the_other() {
    List<JsonObject> events =
        written(
            new ChatEvent.Begin("chatcmpl-1", "gpt-4o", null),
            new ChatEvent.Text(JsonText.of("On ")),
            new ChatEvent.Text(JsonText.of("it.")),
            new ChatEvent.CallBegins(0, "a", "f"),
            new ChatEvent.CallBegins(1, "b", "g"),
            new ChatEvent.CallArguments(1, JsonText.of("{\"y\":")),
            new ChatEvent.CallArguments(0, JsonText.of("{\"x\":1}")),
            new ChatEvent.CallArguments(1, JsonText.of("2}")),
            new ChatEvent.CallEnds(1),
            new ChatEvent.CallEnds(0),
            new ChatEvent.CallBegins(2, "c", "h"),
            new ChatEvent.CallEnds(2),
            new ChatEvent.Finish(FinishReason.STOP, null),
            new ChatEvent.Used(new Usage(10, 5, 1, 2, 7, 3, false, Usage.Terms.STANDARD)),
            new ChatEvent.Over());

    int open = -1;
    for (JsonObject event : events) {
      switch (event.getString("type")) {
        case "content_block_start" -> {
          assertThat(open).isEqualTo(-1);
          open = event.getInteger("index");
        }
        case "content_block_delta" -> assertThat(event.getInteger("index")).isEqualTo(open);
        case "content_block_stop" -> open = -1;
        default -> assertThat(open).isEqualTo(-1);
      }
    }
    JsonObject whole =
        joined(MessageEvents.stream(events.stream().map(JsonObject::encode).toList()));
    assertThat(whole.getJsonArray("content"))
        .isEqualTo(
            new JsonArray(
                """
                [{"type":"text","text":"On it."},
                 {"type":"tool_use","id":"a","name":"f","input":{"x":1}},
                 {"type":"tool_use","id":"b","name":"g","input":{"y":2}},
                 {"type":"tool_use","id":"c","name":"h","input":{}}]
                """));
    assertThat(whole.getString("id")).isEqualTo("msg_chatcmpl-1");
    assertThat(whole.getString("stop_reason")).isEqualTo("tool_use");
    assertThat(whole.getJsonObject("usage"))
        .isEqualTo(
            new JsonObject(
                """
                {"input_tokens":10,"cache_read_input_tokens":5,"cache_creation_input_tokens":3,
                 "output_tokens":7,"output_tokens_details":{"thinking_tokens":3}}
                """));
  }

  @Test
  void tokens_that_nobody_counted_are_estimated_at_both_ends() {
    List<JsonObject> events =
        written(
            new ChatEvent.Begin("", "", null),
            new ChatEvent.Thinking(JsonText.of("Hm.")),
            new ChatEvent.Text(JsonText.of("12345678")),
            new ChatEvent.Finish(FinishReason.LENGTH, null),
            new ChatEvent.Over());

    JsonObject start = events.get(0).getJsonObject("message");
    assertThat(start.getString("id")).isEqualTo("msg_req-1");
    assertThat(start.getString("model")).isEqualTo("m");
    assertThat(start.getJsonObject("usage").getInteger("input_tokens")).isEqualTo(3);
    JsonObject last = events.get(events.size() - 2);
    assertThat(last.getJsonObject("delta").getString("stop_reason")).isEqualTo("max_tokens");
    assertThat(last.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(3);
    assertThat(events.toString()).contains("infermux.none.");
  }

  @Test
  void arguments_that_are_no_object_are_none() {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.CallBegins(0, "a", "f"),
            new ChatEvent.CallArguments(0, JsonText.of("{\"x\":")),
            new ChatEvent.CallEnds(0),
            new ChatEvent.Over());

    JsonObject call =
        MESSAGES.answer(events, ATTEMPT).toJsonObject().getJsonArray("content").getJsonObject(0);

    assertThat(call.getJsonObject("input")).isEmpty();
  }

  @Test
  void an_input_that_is_written_as_text_is_the_object_in_it() {
    Buffer answer =
        Buffer.buffer(
            """
            {"id":"m","type":"message","role":"assistant","model":"m","content":[
             {"type":"tool_use","id":"a","name":"f","input":"{\\"x\\":1}"},
             {"type":"tool_use","id":"b","name":"g","input":"none"}],
             "stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}
            """);

    JsonArray content =
        MESSAGES.answer(MESSAGES.events(answer), ATTEMPT).toJsonObject().getJsonArray("content");

    assertThat(content.getJsonObject(0).getJsonObject("input").encode()).isEqualTo("{\"x\":1}");
    assertThat(content.getJsonObject(1).getJsonObject("input").encode()).isEqualTo("{}");
  }

  private static List<JsonObject> written(ChatEvent... events) {
    ChatEventWriter writer = MESSAGES.writer(ATTEMPT);
    FrameWriter out = Framing.NAMED_SSE.writer();
    List<JsonObject> all = new ArrayList<>();
    for (ChatEvent event : events) {
      writer.write(event, out);
      Buffer taken = out.take();
      if (taken != null) {
        all.addAll(MessageEvents.events(taken.toString()));
      }
    }
    return all;
  }
}
