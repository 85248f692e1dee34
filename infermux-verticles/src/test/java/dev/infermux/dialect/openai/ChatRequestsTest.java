package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Image;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonText;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chats as conversations, and conversations as chats. */
class ChatRequestsTest {

  private static final OpenAiChat CHAT = new OpenAiChat();

  private final Losses losses = new Losses();

  @Test
  void every_role_becomes_a_turn_and_results_of_tools_one_turn_of_the_user() {
    Conversation read =
        read(
            """
            {"role":"developer","content":"Be brief."},
            {"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"Weather?"}]},
            {"role":"assistant","content":null,"reasoning_content":"Two calls.","tool_calls":[
              {"id":"a","type":"function","function":{"name":"weather","arguments":"{\\"at\\":\\"B\\u00e9\\"}"}},
              {"id":"b","type":"function","function":{"name":"time","arguments":""}}]},
            {"role":"tool","tool_call_id":"a","content":"22 C"},
            {"role":"tool","content":[{"type":"text","text":"noon"}],"tool_call_id":"b"},
            {"role":"user","content":"Thanks"}
            """);

    assertThat(read.turns())
        .extracting(Turn::role)
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.USER);
    assertThat(read.turns().get(1).parts()).containsExactly(text("Weather?"));
    List<ContentPart> said = read.turns().get(2).parts();
    assertThat(said.get(0)).isEqualTo(new ContentPart.Thought(JsonText.of("Two calls."), null));
    assertThat(((ToolCall) said.get(1)).arguments()).hasToString("{\"at\":\"Bé\"}");
    assertThat(((ToolCall) said.get(2)).arguments()).hasToString("{}");
    assertThat(read.turns().get(3).parts())
        .containsExactly(
            new ToolResult("a", List.of(text("22 C")), false),
            new ToolResult("b", List.of(text("noon")), false));
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void deprecated_functions_are_tools() {
    Conversation read =
        request(
            """
            {"model":"m","functions":[{"name":"add","parameters":{"type":"object"}}],
             "function_call":{"name":"add"},"messages":[{"role":"user","content":"1+1"},
             {"role":"assistant","content":null,"function_call":{"name":"add","arguments":"{}"}},
             {"role":"function","name":"add","content":"2"}]}\
            """);

    ToolCall call = (ToolCall) read.turns().get(1).parts().get(0);
    assertThat(read.tools().mode()).isEqualTo(Mode.NAMED);
    assertThat(read.tools().only()).isEqualTo("add");
    assertThat(read.turns().get(2).parts())
        .containsExactly(new ToolResult(call.id(), List.of(text("2")), false));
  }

  @Test
  void allowed_tools_leave_only_themselves() {
    Conversation read =
        request(
            """
            {"model":"m","messages":[{"role":"user","content":"x"}],
             "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[
               {"type":"function","function":{"name":"b"}}]}},
             "tools":[{"type":"function","function":{"name":"a"}},
                      {"type":"function","function":{"name":"b","strict":true}}],
             "parallel_tool_calls":false}\
            """);

    assertThat(read.tools().tools())
        .singleElement()
        .satisfies(
            tool -> {
              assertThat(tool.name()).isEqualTo("b");
              assertThat(tool.strict()).isTrue();
            });
    assertThat(read.tools().mode()).isEqualTo(Mode.REQUIRED);
    assertThat(read.tools().parallel()).isFalse();
  }

  @Test
  void bytes_in_the_request_stay_where_they_are() {
    String json =
        chat(
            "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"data:image\\/jpg;base64,AA\\/+BB==\",\"detail\":\"high\"}}]}");
    OpenAiRequestBody body = OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8));

    Image image = (Image) CHAT.conversation(body, losses).turns().get(0).parts().get(0);

    Source.Inline inline = (Source.Inline) image.source();
    assertThat(inline.mediaType()).isEqualTo("image/jpeg");
    assertThat(inline.base64().decoded()).isEqualTo("AA/+BB==");
    assertThat(inline.base64().bytes()).isSameAs(body.bytes());
    assertThat(losses.dropped()).containsExactly("messages.content.image_url.detail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA\\nBB==", "AA BB==", "AA\\u0042B=="})
  void white_space_and_escapes_in_base64_are_taken_out(String base64) {
    Conversation read =
        read(
            "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\","
                + "\"file_data\":\"data:application/pdf;base64,"
                + base64
                + "\",\"file_id\":null}}]}");

    ContentPart.Document file = (ContentPart.Document) read.turns().get(0).parts().get(0);
    assertThat(((Source.Inline) file.source()).base64().length()).isLessThanOrEqualTo(6);
    assertThat(((Source.Inline) file.source()).base64().decoded()).isEqualTo("AABB==");
    assertThat(file.name()).isEqualTo(JsonText.of("a.pdf"));
  }

  @Test
  void what_no_other_api_has_is_left_out_and_told() {
    request(
        """
        {"model":"m","messages":[{"role":"user","name":"Bob","content":"x"}],"logit_bias":{"1":2},
         "logprobs":true,"store":false,"metadata":null,"prediction":{"content":"y"},
         "stream_options":{"include_usage":true},"stream":true,"verbosity":"low"}\
        """);

    assertThat(losses.dropped())
        .containsExactly("logit_bias", "logprobs", "prediction", "verbosity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}]",
        "\"modalities\":[\"text\",\"audio\"]",
        "\"response_format\":{\"type\":\"grammar\"}",
        "\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}",
      })
  void what_changes_the_meaning_is_refused_by_translation(String field) {
    assertThat(
            failure(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                    + field
                    + "}"))
        .isInstanceOf(Failure.Untranslatable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"x\"}",
        "{\"role\":\"tool\",\"content\":\"x\"}",
        "{\"role\":\"wizard\",\"content\":\"x\"}",
        "{\"role\":\"user\",\"content\":[7]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":7}]}",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,x\"}}]}",
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"[1]\"}}]}",
        "{\"role\":\"assistant\",\"tool_calls\":{}}",
      })
  void an_unsound_message_is_the_callers_fault_and_named(String message) {
    assertThat(failure(chat(message)))
        .isInstanceOf(Failure.InvalidRequest.class)
        .satisfies(failure -> assertThat(failure.param()).startsWith("messages[0]"));
  }

  @Test
  void a_conversation_is_written_as_a_clean_chat() {
    String json =
        """
        {"model":"mine","temperature":0.10,"top_k":5,"max_tokens":7,"stop":"END","seed":3,"n":2,
         "user":"u","safety_identifier":"s","service_tier":"flex","stream":true,"logprobs":true,
         "reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":
           {"name":"s","strict":true,"schema":{"type":"object","additionalProperties":false}}},
         "tools":[{"type":"function","function":{"name":"f","description":"d\\u00e9",
           "parameters":{"type":"object","properties":{"a":{"maximum":1.0}}}}}],"tool_choice":"required",
         "messages":[{"role":"system","content":"S"},
          {"role":"user","content":[{"type":"text","text":"a"},
            {"type":"image_url","image_url":{"url":"https:\\/\\/x\\/y.png"}}]},
          {"role":"assistant","content":"c","tool_calls":[{"id":"1","type":"function",
            "function":{"name":"f","arguments":"{\\"a\\":\\"\\\\n\\"}"}}]},
          {"role":"tool","tool_call_id":"1","content":[{"type":"text","text":"r"},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}\
        """;

    OpenAiRequestBody written = written(json, "gpt-4o");

    assertThat(new JsonObject(new String(written.bytes(), UTF_8)))
        .isEqualTo(
            new JsonObject(
                """
                {"model":"gpt-4o","messages":[{"role":"system","content":"S"},
                  {"role":"user","content":[{"type":"text","text":"a"},
                    {"type":"image_url","image_url":{"url":"https://x/y.png"}}]},
                  {"role":"assistant","content":"c","tool_calls":[{"id":"1","type":"function",
                    "function":{"name":"f","arguments":"{\\"a\\":\\"\\\\n\\"}"}}]},
                  {"role":"tool","tool_call_id":"1","content":"r"},
                  {"role":"user","content":[
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],
                 "tools":[{"type":"function","function":{"name":"f","description":"dé",
                   "parameters":{"type":"object","properties":{"a":{"maximum":1.0}}}}}],
                 "tool_choice":"required",
                 "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,
                   "schema":{"type":"object","additionalProperties":false}}},
                 "max_tokens":7,"n":2,"stop":["END"],"temperature":0.10,"seed":3,
                 "user":"s","service_tier":"flex","stream":true,
                 "stream_options":{"include_usage":true}}\
                """));
    assertThat(losses.dropped()).containsExactly("logprobs", "top_k", "reasoning");
    assertThat(written.facts().showsUsage()).isTrue();
  }

  @Test
  void a_reasoning_model_gets_its_own_maximum_and_effort_and_no_sampling() {
    String json =
        """
        {"model":"m","temperature":0,"max_completion_tokens":9,"max_tokens":7,
         "reasoning_effort":"high","messages":[{"role":"user","content":"x"},
         {"role":"assistant","content":"y","reasoning_content":"because"}]}\
        """;

    assertThat(new String(written(json, "gpt-5-mini").bytes(), UTF_8))
        .isEqualTo(
            "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
                + "{\"role\":\"assistant\",\"content\":\"y\"}],"
                + "\"max_completion_tokens\":9,\"reasoning_effort\":\"high\"}");
    assertThat(losses.dropped()).containsExactly("thinking", "temperature");
  }

  @Test
  void a_legacy_completion_is_a_message_of_the_user() {
    OpenAiRequestBody body =
        OpenAiRequestBody.scan(
            Operation.COMPLETION,
            "{\"model\":\"m\",\"prompt\":[\"Once\"],\"max_tokens\":5,\"echo\":false,\"stop\":[\".\"]}"
                .getBytes(UTF_8));

    Conversation read = new OpenAiCompletions().conversation(body, losses);

    assertThat(read.turns()).containsExactly(new Turn(Role.USER, List.of(text("Once"))));
    assertThat(read.maxTokens()).isEqualTo(5);
    assertThat(read.stop()).containsExactly(".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"prompt\":[\"a\",\"b\"]",
        "\"prompt\":[1,2]",
        "\"prompt\":[[1,2]]",
        "\"prompt\":\"a\",\"echo\":true",
        "\"prompt\":\"a\",\"suffix\":\"z\"",
        "\"prompt\":\"a\",\"best_of\":2",
        "\"prompt\":\"a\",\"logprobs\":1",
      })
  void a_legacy_completion_that_a_chat_cannot_be_is_refused(String fields) {
    OpenAiRequestBody body =
        OpenAiRequestBody.scan(
            Operation.COMPLETION, ("{\"model\":\"m\"," + fields + "}").getBytes(UTF_8));

    assertThatThrownBy(() -> new OpenAiCompletions().conversation(body, losses))
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Untranslatable.class));
  }

  private Conversation read(String messages) {
    return request(chat(messages));
  }

  private Conversation request(String json) {
    return CHAT.conversation(OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8)), losses);
  }

  private OpenAiRequestBody written(String json, String model) {
    return (OpenAiRequestBody) CHAT.request(request(json), model, losses);
  }

  private Failure failure(String json) {
    try {
      request(json);
    } catch (InferenceException e) {
      return e.failure();
    }
    throw new AssertionError("not refused: " + json);
  }

  private static String chat(String messages) {
    return "{\"model\":\"m\",\"messages\":[" + messages + "]}";
  }

  private static ContentPart text(String text) {
    return new ContentPart.Text(JsonText.of(text));
  }
}
