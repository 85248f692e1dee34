package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Document;
import dev.infermux.dialect.chat.ContentPart.Image;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.ContentPart.Thought;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Failure.Untranslatable;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as conversations, and conversations as requests. */
class ResponsesRequestsTest {

  private static final ResponsesChat RESPONSES = new ResponsesChat();

  private final Losses losses = new Losses();

  private Conversation read(String fields) {
    String json = "{\"model\":\"m\"," + fields + "}";
    return RESPONSES.conversation(ResponsesRequestBody.scan(json.getBytes(UTF_8)), losses);
  }

  private static ContentPart text(String text) {
    return new ContentPart.Text(JsonText.of(text));
  }

  @Test
  void items_become_turns_and_what_a_model_did_in_a_row_is_one() {
    Conversation read =
        read(
            """
            "instructions":"Be kind","input":[
            {"role":"developer","content":"Be brief"},
            {"type":"message","role":"user","content":[{"type":"input_text","text":"Weather?"},
              {"type":"input_image","detail":"auto","image_url":"data:image/jpeg;base64,AAAA"},
              {"type":"input_image","image_url":"https://x/y.png"},
              {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,BB"}]},
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Two"},
              {"type":"summary_text","text":"calls"}],"encrypted_content":"SEAL"},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Let me"}]},
            {"type":"function_call","call_id":"a","name":"weather","arguments":"{\\"at\\":\\"B\\u00e9\\"}"},
            {"type":"function_call","call_id":"b","name":"time","arguments":""},
            {"type":"function_call_output","call_id":"a","output":"22 C"},
            {"type":"function_call_output","call_id":"b","output":[{"type":"input_text","text":"noon"},
              {"type":"input_image","image_url":"data:image/png;base64,CC"}]},
            {"role":"user","content":"Thanks"}]\
            """);

    assertThat(read.turns())
        .extracting(Turn::role)
        .containsExactly(Role.SYSTEM, Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.USER);
    assertThat(read.turns().get(0).parts()).containsExactly(text("Be kind"));
    assertThat(read.turns().get(2).parts())
        .containsExactly(
            text("Weather?"),
            new Image(new Source.Inline("image/jpeg", JsonText.of("AAAA"))),
            new Image(new Source.Address(JsonText.of("https://x/y.png"))),
            new Document(
                new Source.Inline("application/pdf", JsonText.of("BB")), JsonText.of("a.pdf")));
    List<ContentPart> said = read.turns().get(3).parts();
    assertThat(said.get(0))
        .isEqualTo(new Thought(JsonText.of("Two\n\ncalls"), JsonText.of("SEAL")));
    assertThat(said.get(1)).isEqualTo(text("Let me"));
    assertThat(((ToolCall) said.get(2)).arguments()).hasToString("{\"at\":\"Bé\"}");
    assertThat(((ToolCall) said.get(3)).arguments()).hasToString("{}");
    assertThat(read.turns().get(4).parts())
        .containsExactly(
            new ToolResult("a", List.of(text("22 C")), false),
            new ToolResult(
                "b",
                List.of(text("noon"), new Image(new Source.Inline("image/png", JsonText.of("CC")))),
                false));
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void results_of_tools_follow_their_calls_whoever_spoke_in_between() {
    Conversation read =
        read(
            """
            "input":[{"role":"user","content":"Hi"},
            {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
            {"type":"function_call","call_id":"b","name":"f","arguments":"{}"},
            {"role":"developer","content":"Be brief"},
            {"type":"function_call_output","call_id":"a","output":"1"},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"So"}]},
            {"role":"user","content":"And?"},
            {"type":"function_call_output","call_id":"b","output":"2"},
            {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},
            {"type":"function_call_output","call_id":"a","output":"3"}]\
            """);

    assertThat(read.turns())
        .extracting(Turn::role)
        .containsExactly(
            Role.USER,
            Role.ASSISTANT,
            Role.USER,
            Role.SYSTEM,
            Role.ASSISTANT,
            Role.USER,
            Role.ASSISTANT,
            Role.USER);
    assertThat(read.turns().get(2).parts())
        .containsExactly(
            new ToolResult("a", List.of(text("1")), false),
            new ToolResult("b", List.of(text("2")), false));
    assertThat(read.turns().get(3).parts()).containsExactly(text("Be brief"));
    assertThat(read.turns().get(5).parts()).containsExactly(text("And?"));
    assertThat(read.turns().get(7).parts())
        .containsExactly(new ToolResult("a", List.of(text("3")), false));
  }

  @Test
  void parameters_have_their_place() {
    Conversation read =
        read(
            """
            "input":"Hi","stream":true,"max_output_tokens":9,"temperature":0.50,"top_p":1,
            "reasoning":{"effort":"high","summary":"auto"},"safety_identifier":"u1",
            "text":{"format":{"type":"json_schema","name":"a","schema":{"type":"object"},
              "strict":true}},
            "tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},
              "strict":false}],
            "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
            "store":false,"include":["reasoning.encrypted_content"],"truncation":"disabled",
            "stream_options":{"include_obfuscation":false}\
            """);

    assertThat(read.turns()).containsExactly(new Turn(Role.USER, List.of(text("Hi"))));
    assertThat(read.stream()).isTrue();
    assertThat(read.maxTokens()).isEqualTo(9);
    assertThat(read.sampling().temperature()).hasToString("0.50");
    assertThat(read.reasoning()).isEqualTo(new Reasoning("high", -1, true));
    assertThat(read.user()).isEqualTo("u1");
    OutputFormat format = read.format();
    assertThat(format).isNotNull();
    assertThat(format.schema()).hasToString("{\"type\":\"object\"}");
    assertThat(format.strict()).isTrue();
    assertThat(read.tools().mode()).isEqualTo(Mode.NAMED);
    assertThat(read.tools().only()).isEqualTo("f");
    assertThat(read.tools().parallel()).isFalse();
    assertThat(read.tools().tools().get(0).strict()).isFalse();
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void what_only_openai_runs_is_left_out_and_told() {
    Conversation read =
        read(
            """
            "input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"future"}]},
              {"type":"web_search_call","id":"ws_1","status":"completed"}],
            "tools":[{"type":"web_search"},{"type":"namespace","name":"n"},
              {"type":"function","name":"f","parameters":null},{"type":"mcp","server_label":"s"}],
            "store":true,"metadata":{"a":"b"},"include":["message.output_text.logprobs"],
            "text":{"verbosity":"low"},"prompt_cache_key":"k","future":1,"nothing":null\
            """);

    assertThat(read.tools().tools()).extracting(tool -> tool.name()).containsExactly("f");
    assertThat(losses.dropped())
        .containsExactly(
            "input.future",
            "input.web_search_call",
            "tools.web_search",
            "tools.namespace",
            "tools.mcp",
            "store",
            "metadata",
            "include.message.output_text.logprobs",
            "text.verbosity",
            "prompt_cache_key",
            "future");
  }

  @Test
  void a_tool_whose_input_is_a_text_is_a_function_of_one_argument() {
    Conversation read =
        read(
            """
            "tools":[{"type":"custom","name":"patch","description":"d","format":{"type":"grammar",
              "syntax":"lark","definition":"x"}}],"tool_choice":{"type":"custom","name":"patch"},
            "input":[{"role":"user","content":"x"},
              {"type":"custom_tool_call","call_id":"c","name":"patch","input":"*** \\"A\\"\\n"},
              {"type":"custom_tool_call_output","call_id":"c","output":"done"}]\
            """);

    assertThat(read.tools().tools().get(0).schema().toString()).contains("\"input\"");
    assertThat(read.tools().only()).isEqualTo("patch");
    assertThat(((ToolCall) read.turns().get(1).parts().get(0)).arguments())
        .hasToString("{\"input\":\"*** \\\"A\\\"\\n\"}");
    assertThat(read.turns().get(2).parts())
        .containsExactly(new ToolResult("c", List.of(text("done")), false));
    assertThat(losses.dropped()).containsExactly("tools.custom.format");
  }

  @Test
  void tools_of_a_namespace_bear_its_name() {
    Conversation read =
        read(
            """
            "tools":[{"type":"namespace","name":"crm","description":"d","tools":[
              {"type":"function","name":"find","parameters":{"type":"object"}},
              {"type":"function","name":"%s"}]}],
            "input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"c",
              "name":"find","namespace":"crm","arguments":"{}"}]\
            """
                .formatted("x".repeat(60)));

    assertThat(read.tools().tools())
        .extracting(tool -> tool.name())
        .containsExactly("crm__find", "crm__" + "x".repeat(60));
    assertThat(((ToolCall) read.turns().get(1).parts().get(0)).name()).isEqualTo("crm__find");
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void allowed_tools_are_the_only_ones() {
    Conversation read =
        read(
            """
            "input":"x","tools":[{"type":"function","name":"f"},{"type":"function","name":"g"}],
            "tool_choice":{"type":"allowed_tools","mode":"required",
              "tools":[{"type":"function","name":"g"}]}\
            """);

    assertThat(read.tools().tools()).extracting(tool -> tool.name()).containsExactly("g");
    assertThat(read.tools().mode()).isEqualTo(Mode.REQUIRED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "previous_response_id | \"input\":\"x\",\"previous_response_id\":\"resp_1\"",
        "conversation | \"input\":\"x\",\"conversation\":\"conv_1\"",
        "prompt | \"prompt\":{\"id\":\"p\"}",
        "background | \"input\":\"x\",\"background\":true",
        "input[0] | \"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]",
        "input[0] | \"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"x\"}]",
        "input[0].call_id | \"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\"}]",
        "input[0].arguments | \"input\":[{\"type\":\"function_call\",\"arguments\":\"[1]\"}]",
        "input[0].arguments | \"input\":[{\"type\":\"function_call\",\"arguments\":\"{x\"}]",
        "tool_choice | \"input\":\"x\",\"tool_choice\":{\"type\":\"web_search_preview\"}",
        "tool_choice | \"input\":\"x\",\"tools\":[{\"type\":\"mcp\"}],\"tool_choice\":\"required\"",
        "text.format | \"input\":\"x\",\"text\":{\"format\":{\"type\":\"grammar\"}}",
      })
  void what_would_mean_something_else_is_refused(String field, String fields) {
    InferenceException refused = catchThrowableOfType(InferenceException.class, () -> read(fields));

    assertThat(refused.failure()).isInstanceOf(Untranslatable.class);
    assertThat(refused.failure().param()).isEqualTo(field);
  }

  @Test
  void a_conversation_becomes_a_request_that_is_not_kept() {
    String seal = Seals.mark("responses", JsonText.of("SEAL")).decoded();
    Conversation asked =
        read(
            """
            "instructions":"Be kind","stream":true,"max_output_tokens":9,"temperature":0.5,
            "reasoning":{"effort":"low","summary":"auto"},"service_tier":"flex","user":"u",
            "text":{"format":{"type":"json_schema","name":"a","schema":{"type":"object","additionalProperties":false},"strict":true}},
            "tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],
            "tool_choice":"required","parallel_tool_calls":true,
            "input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},
              {"type":"input_image","image_url":"data:image/png;base64,AA"},
              {"type":"input_file","file_url":"https://x/a.pdf"}]},
            {"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"%s"},
            {"type":"reasoning","summary":[],"encrypted_content":"of another"},
            {"type":"function_call","call_id":"c","name":"f","arguments":"{\\"a\\":1}"},
            {"type":"function_call_output","call_id":"c","output":"ok"}]\
            """
                .formatted(seal));

    RequestBody written = RESPONSES.request(asked, "gpt", losses);

    JsonObject json = new JsonObject(Buffer.buffer(written.bytes()));
    JsonArray input = (JsonArray) json.remove("input");
    assertThat(json)
        .isEqualTo(
            new JsonObject(
                """
                {"model":"gpt","store":false,"include":["reasoning.encrypted_content"],
                "stream":true,"max_output_tokens":9,"temperature":0.5,
                "reasoning":{"effort":"low","summary":"auto"},
                "text":{"format":{"type":"json_schema","name":"a","strict":true,
                  "schema":{"type":"object","additionalProperties":false}}},
                "tools":[{"type":"function","name":"f","strict":false,
                  "parameters":{"type":"object","properties":{}}}],
                "tool_choice":"required","parallel_tool_calls":true,"user":"u",
                "service_tier":"flex"}\
                """));
    assertThat(input)
        .isEqualTo(
            new JsonArray(
                """
                [{"type":"message","role":"developer","content":[{"type":"input_text","text":"Be kind"}]},
                {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},
                  {"type":"input_image","detail":"auto","image_url":"data:image/png;base64,AA"},
                  {"type":"input_file","file_url":"https://x/a.pdf"}]},
                {"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],
                  "encrypted_content":"SEAL"},
                {"type":"function_call","call_id":"c","name":"f","arguments":"{\\"a\\":1}"},
                {"type":"function_call_output","call_id":"c","output":"ok"}]\
                """));
  }

  @Test
  void what_models_that_reason_and_the_api_refuse_is_left_out_and_told() {
    String user = "u".repeat(65);
    Conversation asked =
        read(
            """
            "temperature":0.5,"top_p":0.9,"user":"%s","service_tier":"standard",
            "input":[{"role":"user","content":"Hi"},
            {"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},
            {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
            {"type":"function_call_output","call_id":"c","output":"ok"}]\
            """
                .formatted(user));

    RequestBody written = RESPONSES.request(asked, "openai/gpt-5-pro", losses);

    JsonObject json = new JsonObject(Buffer.buffer(written.bytes()));
    assertThat(json.fieldNames()).containsExactlyInAnyOrder("model", "store", "include", "input");
    assertThat(losses.dropped())
        .containsExactlyInAnyOrder("temperature", "top_p", "user", "service_tier", "thinking");
  }

  @Test
  void what_both_apis_of_the_vendor_have_is_carried_and_no_loss() {
    String chat =
        """
        {"model":"m","verbosity":"low","metadata":{"k":"v"},"prompt_cache_key":"c","logprobs":true,
         "prompt_cache_retention":"24h","prompt_cache_options":{"mode":"implicit"},
         "messages":[{"role":"user","content":"x"}]}\
        """;
    Conversation asked =
        new OpenAiChat()
            .conversation(OpenAiRequestBody.scan(Operation.CHAT, chat.getBytes(UTF_8)), losses);

    JsonObject json =
        new JsonObject(Buffer.buffer(RESPONSES.request(asked, "gpt", losses).bytes()));

    assertThat(json.getJsonObject("text")).isEqualTo(new JsonObject().put("verbosity", "low"));
    assertThat(json.getJsonObject("metadata")).isEqualTo(new JsonObject().put("k", "v"));
    assertThat(json.getString("prompt_cache_key")).isEqualTo("c");
    assertThat(json.getString("prompt_cache_retention")).isEqualTo("24h");
    assertThat(json.getJsonObject("prompt_cache_options").getString("mode")).isEqualTo("implicit");
    assertThat(losses.dropped()).containsExactly("logprobs");
  }
}
