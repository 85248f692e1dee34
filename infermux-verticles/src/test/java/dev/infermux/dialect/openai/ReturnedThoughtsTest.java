package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventReader;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop with a tool: what the first answer has beside its call is in the second request. */
class ReturnedThoughtsTest {

  private static final String EXTRA = "{\"google\":{\"thought_signature\":\"A+/\\\"=\"}}";
  private static final String CALL =
      "{\"id\":\"c\",\"type\":\"function\",\"extra_content\":"
          + EXTRA
          + ",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";

  private static final OpenAiChat CHAT = new OpenAiChat();
  private static final ChatDialect MESSAGES = new AnthropicChat(any -> 0);
  private static final ChatDialect RESPONSES = new ResponsesChat();

  private final Losses losses = new Losses();

  private static List<ChatEvent> whole(String message) {
    return CHAT.events(
        Buffer.buffer(
            "{\"id\":\"x\",\"model\":\"Vendor/Thinker-2\",\"choices\":[{\"index\":0,\"message\":"
                + message
                + ",\"finish_reason\":\"tool_calls\"}]}"));
  }

  private static List<ChatEvent> stream(String... deltas) {
    List<ChatEvent> events = new ArrayList<>();
    ChatEventReader reader = CHAT.reader();
    FrameSplitter splitter =
        Framing.SSE.splitter(frame -> reader.read(frame, event -> events.add(event)));
    for (String delta : deltas) {
      byte[] chunk =
          ("data: {\"id\":\"x\",\"model\":\"Vendor/Thinker-2\",\"choices\":[{\"index\":0,\"delta\":"
                  + delta
                  + "}]}\n\n")
              .getBytes(UTF_8);
      splitter.feed(chunk, 0, chunk.length);
    }
    byte[] end =
        ("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n")
            .getBytes(UTF_8);
    splitter.feed(end, 0, end.length);
    return events;
  }

  private static RequestBody messages(List<ChatEvent> events) {
    String asked =
        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}%s]}";
    Attempt attempt =
        TestCall.of(
                Operation.CHAT,
                AnthropicRequestBody.scan(Operation.CHAT, asked.formatted("").getBytes(UTF_8)))
            .attempt();
    JsonArray content = MESSAGES.answer(events, attempt).toJsonObject().getJsonArray("content");
    String more =
        ",{\"role\":\"assistant\",\"content\":"
            + content
            + "},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c\"}]}";
    return AnthropicRequestBody.scan(Operation.CHAT, asked.formatted(more).getBytes(UTF_8));
  }

  private static RequestBody responses(List<ChatEvent> events) {
    Attempt attempt =
        TestCall.of(
                Operation.CHAT,
                ResponsesRequestBody.scan("{\"model\":\"m\",\"input\":\"x\"}".getBytes(UTF_8)))
            .attempt();
    JsonArray input = RESPONSES.answer(events, attempt).toJsonObject().getJsonArray("output");
    input.add(
        new JsonObject("{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"1\"}"));
    return ResponsesRequestBody.scan(("{\"model\":\"m\",\"input\":" + input + "}").getBytes(UTF_8));
  }

  /** What the model that is asked reads as its own turn. */
  private JsonObject said(ChatDialect dialect, RequestBody request, String model) {
    RequestBody chat = CHAT.request(dialect.conversation(request, losses), model, losses);
    JsonArray messages = Buffer.buffer(chat.bytes()).toJsonObject().getJsonArray("messages");
    return messages.stream()
        .map(JsonObject.class::cast)
        .filter(message -> message.getString("role").equals("assistant"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thinker-2", "vendor/thinker-2", "other/THINKER-2-2026"})
  void reasoning_content_goes_back_to_the_model_that_thought_it(String model) {
    List<ChatEvent> whole =
        whole("{\"reasoning_content\":\"Hm\\n\",\"content\":\"So\",\"tool_calls\":[" + CALL + "]}");
    List<ChatEvent> stream =
        stream(
            "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"H\"}",
            "{\"reasoning_content\":\"m\\n\"}",
            "{\"content\":\"So\"}",
            "{\"tool_calls\":[" + CALL + "]}");

    for (List<ChatEvent> events : List.of(whole, stream)) {
      for (JsonObject said :
          List.of(
              said(MESSAGES, messages(events), model), said(RESPONSES, responses(events), model))) {
        assertThat(said.getString("reasoning_content")).isEqualTo("Hm\n");
        assertThat(said.getString("content")).isEqualTo("So");
        assertThat(said.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("extra_content"))
            .isEqualTo(new JsonObject(EXTRA));
      }
    }
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void no_other_model_gets_it() {
    List<ChatEvent> events =
        whole("{\"reasoning_content\":\"Hm\",\"content\":null,\"tool_calls\":[" + CALL + "]}");

    JsonObject said = said(MESSAGES, messages(events), "gpt-4o");

    assertThat(said.fieldNames()).containsExactlyInAnyOrder("role", "content", "tool_calls");
    assertThat(said.getJsonArray("tool_calls").getJsonObject(0).fieldNames())
        .containsExactlyInAnyOrder("id", "type", "function");
    assertThat(losses.dropped()).containsExactly("thinking");
  }

  @Test
  void reasoning_under_another_name_stays_out() {
    List<ChatEvent> events = whole("{\"reasoning\":\"Hm\",\"content\":\"So\"}");

    assertThat(said(MESSAGES, messages(events), "thinker-2").fieldNames())
        .containsExactlyInAnyOrder("role", "content");
    assertThat(losses.dropped()).containsExactly("thinking");
  }

  @Test
  void a_seal_that_is_no_json_brings_nothing_into_the_request() {
    RequestBody request =
        AnthropicRequestBody.scan(
            Operation.CHAT,
            """
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":
               "infermux.chat.thinker-2 {},\\"model\\":\\"dear\\""},
              {"type":"tool_use","id":"c","name":"f","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"c"}]}]}\
            """
                .getBytes(UTF_8));

    assertThat(
            said(MESSAGES, request, "thinker-2")
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .fieldNames())
        .containsExactlyInAnyOrder("id", "type", "function");
  }
}
