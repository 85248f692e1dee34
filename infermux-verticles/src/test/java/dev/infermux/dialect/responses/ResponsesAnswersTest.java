package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonText;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers as responses, whole and streamed, and responses as answers. */
class ResponsesAnswersTest {

  private static final ResponsesChat RESPONSES = new ResponsesChat();
  private static final Usage USAGE = new Usage(28, 8, 0, 0, 12, 5, false, Usage.Terms.STANDARD);
  private static final String TOOLS =
      "[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}},{\"type\":\"custom\",\"name\":\"p\"},"
          + "{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}]";

  /** Thought, text, and two calls whose pieces take turns. */
  private static final List<ChatEvent> EVENTS =
      List.of(
          new ChatEvent.Begin("x", "gpt", null),
          new ChatEvent.Thinking(JsonText.of("h")),
          new ChatEvent.Thinking(JsonText.of("m\"")),
          new ChatEvent.Sealed(JsonText.of("SEAL")),
          new ChatEvent.Text(JsonText.of("Hé")),
          new ChatEvent.Text(JsonText.of("llo\n")),
          new ChatEvent.CallBegins(0, "c0", "f"),
          new ChatEvent.CallBegins(1, "c1", "f"),
          new ChatEvent.CallArguments(0, JsonText.of("{\"a\"")),
          new ChatEvent.CallArguments(0, JsonText.of(":1}")),
          new ChatEvent.CallEnds(0),
          new ChatEvent.CallEnds(1),
          new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
          new ChatEvent.Used(USAGE),
          new ChatEvent.Over());

  private static Attempt attempt() {
    String asked =
        "{\"model\":\"m\",\"instructions\":\"Be kind\",\"metadata\":{\"k\":\"v\"},\"tools\":"
            + TOOLS
            + ",\"stream\":true,\"store\":true,\"input\":\"Hi\"}";
    return TestCall.of(Operation.CHAT, ResponsesRequestBody.scan(asked.getBytes(UTF_8))).attempt();
  }

  private static String stream(List<ChatEvent> events) {
    FrameWriter out = Framing.NAMED_SSE.writer();
    ChatEventWriter writer = RESPONSES.writer(attempt());
    events.forEach(event -> writer.write(event, out));
    Buffer taken = out.take();
    assertThat(taken).isNotNull();
    return taken.toString(UTF_8);
  }

  private static List<JsonObject> written(List<ChatEvent> events) {
    List<JsonObject> json = new ArrayList<>();
    for (String event : stream(events).split("\n\n")) {
      String[] lines = event.split("\n");
      JsonObject data = new JsonObject(lines[1].substring("data: ".length()));
      assertThat(lines[0]).isEqualTo("event: " + data.getString("type"));
      assertThat(data.getLong("sequence_number")).isEqualTo(json.size());
      json.add(data);
    }
    return json;
  }

  private static List<ChatEvent> reread(String stream) {
    List<ChatEvent> read = new ArrayList<>();
    ChatEventReader reader = RESPONSES.reader();
    byte[] bytes = stream.getBytes(UTF_8);
    Framing.NAMED_SSE.splitter(frame -> reader.read(frame, read::add)).feed(bytes, 0, bytes.length);
    return read;
  }

  @Test
  void a_stream_has_every_event_that_sdks_put_a_response_together_from() {
    assertThat(written(EVENTS))
        .extracting(event -> event.getString("type").replace("response.", ""))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.done",
            "reasoning_summary_part.done",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "output_item.added",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "completed");
  }

  @Test
  void the_last_event_has_the_response_that_a_whole_answer_is() {
    List<JsonObject> events = written(EVENTS);
    JsonObject whole = new JsonObject(RESPONSES.answer(EVENTS, attempt()));

    JsonObject last = events.get(events.size() - 1).getJsonObject("response");
    assertThat(last).isEqualTo(whole);
    assertThat(whole.getString("id")).isEqualTo("resp_req1");
    assertThat(whole.getString("status")).isEqualTo("completed");
    assertThat(whole.getString("instructions")).isEqualTo("Be kind");
    assertThat(whole.getBoolean("store")).isFalse();
    assertThat(whole.getJsonObject("metadata")).isEqualTo(new JsonObject().put("k", "v"));
    assertThat(whole.getJsonArray("tools")).isEqualTo(new JsonArray(TOOLS));
    assertThat(whole.getJsonObject("usage")).isEqualTo(new JsonObject(ResponseTexts.USAGE));
    assertThat(whole.getJsonArray("output"))
        .isEqualTo(
            new JsonArray(
                """
                [{"id":"rs_req1","type":"reasoning","summary":[{"type":"summary_text","text":"hm\\""}],
                  "encrypted_content":"SEAL","status":"completed"},
                {"id":"msg_req1_1","type":"message","status":"completed","content":[
                  {"type":"output_text","annotations":[],"logprobs":[],"text":"Héllo\\n"}],
                  "role":"assistant"},
                {"id":"fc_req1_2","type":"function_call","status":"completed",
                  "arguments":"{\\"a\\":1}","call_id":"c0","name":"f"},
                {"id":"fc_req1_3","type":"function_call","status":"completed",
                  "arguments":"{}","call_id":"c1","name":"f"}]\
                """));
  }

  @Test
  void events_name_their_item_and_its_place() {
    List<JsonObject> events = written(EVENTS);

    JsonObject delta = events.get(11);
    assertThat(delta.getString("item_id")).isEqualTo("msg_req1_1");
    assertThat(delta.getInteger("output_index")).isEqualTo(1);
    assertThat(delta.getInteger("content_index")).isZero();
    assertThat(delta.getString("delta")).isEqualTo("Hé");
    assertThat(events.get(13).getString("text")).isEqualTo("Héllo\n");
    assertThat(events.get(4).getInteger("summary_index")).isZero();
    assertThat(events.get(20).getString("arguments")).isEqualTo("{\"a\":1}");
    assertThat(events.get(20).getString("name")).isEqualTo("f");
    assertThat(events.get(0).getJsonObject("response").getString("status"))
        .isEqualTo("in_progress");
    assertThat(events.get(2).getJsonObject("item").getJsonArray("summary")).isEmpty();
  }

  @Test
  void an_answer_that_was_written_reads_as_the_same_answer() {
    List<ChatEvent> read = reread(stream(EVENTS));
    List<ChatEvent> whole = RESPONSES.events(RESPONSES.answer(EVENTS, attempt()));

    assertThat(read)
        .contains(new ChatEvent.Begin("resp_req1", "gpt", null))
        .contains(new ChatEvent.Sealed(Seals.mark("responses", JsonText.of("SEAL"))))
        .contains(new ChatEvent.CallBegins(1, "c1", "f"), new ChatEvent.CallEnds(1));
    assertThat(said(read)).isEqualTo(said(whole)).isEqualTo("<hm\">Héllo\n[0{\"a\":1}][1{}]");
    assertThat(read)
        .endsWith(
            new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
            new ChatEvent.Used(USAGE.inTier("default")),
            new ChatEvent.Over());
    assertThat(whole)
        .endsWith(
            new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
            new ChatEvent.Used(USAGE.inTier("default")),
            new ChatEvent.Over());
  }

  /** What the events say, whatever the pieces. */
  private static String said(List<ChatEvent> events) {
    StringBuilder said = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof ChatEvent.Thinking thinking) {
        said.append(said.isEmpty() ? "<" : "").append(thinking.text());
      } else if (event instanceof ChatEvent.Sealed) {
        said.append(">");
      } else if (event instanceof ChatEvent.Text text) {
        said.append(text.text());
      } else if (event instanceof ChatEvent.CallArguments arguments) {
        String open = "[" + arguments.index();
        said.append(said.indexOf(open) < 0 ? open : "").append(arguments.json());
      } else if (event instanceof ChatEvent.CallEnds) {
        said.append("]");
      }
    }
    return said.toString();
  }

  @Test
  void a_tool_whose_input_is_a_text_gets_it() {
    List<JsonObject> events =
        written(
            List.of(
                new ChatEvent.CallBegins(0, "c0", "p"),
                new ChatEvent.CallArguments(0, JsonText.of("{\"input\":\"*** \\")),
                new ChatEvent.CallArguments(0, JsonText.of("\"A\\\"\"}")),
                new ChatEvent.Finish(FinishReason.TOOL_CALLS, null),
                new ChatEvent.Over()));

    assertThat(events)
        .extracting(event -> event.getString("type").replace("response.", ""))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "custom_tool_call_input.delta",
            "custom_tool_call_input.done",
            "output_item.done",
            "completed");
    assertThat(events.get(4).getString("input")).isEqualTo("*** \"A\"");
    assertThat(events.get(5).getJsonObject("item"))
        .isEqualTo(
            new JsonObject(
                """
                {"id":"ctc_req1","type":"custom_tool_call","status":"completed","call_id":"c0",
                "input":"*** \\"A\\"","name":"p"}\
                """));
  }

  @Test
  void a_call_of_a_tool_in_a_namespace_names_both() {
    JsonObject whole =
        new JsonObject(
            RESPONSES.answer(
                List.of(
                    new ChatEvent.CallBegins(0, "c0", "n__g"),
                    new ChatEvent.CallEnds(0),
                    new ChatEvent.Over()),
                attempt()));

    JsonObject call = whole.getJsonArray("output").getJsonObject(0);
    assertThat(call.getString("name")).isEqualTo("g");
    assertThat(call.getString("namespace")).isEqualTo("n");
  }

  @Test
  void an_answer_ends_as_its_reason_says() {
    JsonObject cut = ended(FinishReason.LENGTH);
    JsonObject filtered = ended(FinishReason.REFUSED);
    JsonObject refused =
        new JsonObject(
            RESPONSES.answer(
                List.of(
                    new ChatEvent.Refusal(JsonText.of("No")),
                    new ChatEvent.Finish(FinishReason.REFUSED, null),
                    new ChatEvent.Over()),
                attempt()));

    assertThat(cut.getString("status")).isEqualTo("incomplete");
    assertThat(cut.getJsonObject("incomplete_details").getString("reason"))
        .isEqualTo("max_output_tokens");
    assertThat(filtered.getJsonObject("incomplete_details").getString("reason"))
        .isEqualTo("content_filter");
    assertThat(refused.getString("status")).isEqualTo("completed");
    assertThat(refused.getJsonArray("output").getJsonObject(0).getJsonArray("content"))
        .isEqualTo(new JsonArray("[{\"type\":\"refusal\",\"refusal\":\"No\"}]"));
  }

  private static JsonObject ended(FinishReason reason) {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Text(JsonText.of("a")),
            new ChatEvent.Finish(reason, null),
            new ChatEvent.Over());
    List<JsonObject> written = written(events);
    JsonObject last = written.get(written.size() - 1);
    assertThat(last.getString("type")).isEqualTo("response.incomplete");
    return last.getJsonObject("response");
  }

  @Test
  void the_model_is_renamed_in_every_event_that_has_the_response() {
    String stream = String.join("", ResponseTexts.events());

    Buffer events = ResponsesDialect.INSTANCE.renaming("fast").inEvents(Buffer.buffer(stream));
    Buffer whole =
        ResponsesDialect.INSTANCE.renaming("fast").in(Buffer.buffer(ResponseTexts.answer()));

    assertThat(events.toString(UTF_8))
        .isEqualTo(stream.replace("gpt-4o-mini-2024-07-18", "fast"))
        .contains("\"model\":\"fast\"");
    assertThat(whole.toString(UTF_8))
        .isEqualTo(ResponseTexts.answer().replace("gpt-4o-mini-2024-07-18", "fast"));
  }
}
