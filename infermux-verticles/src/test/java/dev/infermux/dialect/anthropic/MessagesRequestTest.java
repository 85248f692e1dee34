package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of OpenAI's chat as messages, and messages as chats. */
class MessagesRequestTest {

  private static final String MODEL = "claude-sonnet-4-6";

  private final Losses losses = new Losses();

  private JsonObject toMessages(String model, String chat) {
    AnthropicChat messages = new AnthropicChat(any -> 0);
    byte[] body = chat.getBytes(UTF_8);
    return new JsonObject(
        new String(
            messages
                .request(
                    new OpenAiChat()
                        .conversation(OpenAiRequestBody.scan(Operation.CHAT, body), losses),
                    model,
                    losses)
                .bytes(),
            UTF_8));
  }

  private JsonObject toMessages(String chat) {
    return toMessages(MODEL, chat);
  }

  private JsonObject toChat(String messages) {
    byte[] body = messages.getBytes(UTF_8);
    return new JsonObject(
        new String(
            new OpenAiChat()
                .request(
                    new AnthropicChat(any -> 0)
                        .conversation(AnthropicRequestBody.scan(Operation.CHAT, body), losses),
                    "gpt-4o",
                    losses)
                .bytes(),
            UTF_8));
  }

  private Failure refused(String chat) {
    Throwable refused = catchThrowable(() -> toMessages(chat));
    assertThat(refused).isInstanceOf(InferenceException.class);
    return ((InferenceException) refused).failure();
  }

  private static String chat(String messages) {
    return "{\"model\":\"m\",\"messages\":[" + messages + "]}";
  }

  @Test
  void instructions_are_hoisted_results_come_first_and_neighbours_are_one_turn() {
    JsonObject sent =
        toMessages(
            chat(
                """
                {"role":"system","content":"One."},
                {"role":"user","content":"Weather?"},
                {"role":"user","content":[{"type":"text","text":""},{"type":"text","text":"Now."}]},
                {"role":"assistant","content":"","tool_calls":[
                  {"id":"call|1","type":"function","function":{"name":"w","arguments":"{\\"c\\":\\"Köln\\"}"}},
                  {"id":"c2","type":"function","function":{"name":"t","arguments":""}}]},
                {"role":"tool","tool_call_id":"call|1","content":"15"},
                {"role":"developer","content":"Two."},
                {"role":"tool","tool_call_id":"c2","content":""},
                {"role":"user","content":"And?"}
                """));

    assertThat(sent)
        .isEqualTo(
            new JsonObject(
                """
                {"model":"claude-sonnet-4-6","max_tokens":32000,
                 "system":[{"type":"text","text":"One."},{"type":"text","text":"Two."}],
                 "messages":[
                  {"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"text","text":"Now."}]},
                  {"role":"assistant","content":[
                    {"type":"tool_use","id":"call_1","name":"w","input":{"c":"Köln"}},
                    {"type":"tool_use","id":"c2","name":"t","input":{}}]},
                  {"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"call_1","content":"15"},
                    {"type":"tool_result","tool_use_id":"c2"},
                    {"type":"text","text":"And?"}]}]}
                """));
    assertThat(losses.dropped()).isEmpty();
  }

  @Test
  void what_anthropic_has_another_word_for_is_said_in_it() {
    JsonObject sent =
        toMessages(
            """
            {"model":"m","max_completion_tokens":77,"stop":[" ","END"],"stream":true,
             "user":"u1","service_tier":"default","parallel_tool_calls":false,
             "reasoning_effort":"minimal",
             "tools":[{"type":"function","function":{"name":"a","description":"An \\"a\\"","strict":true}},
                      {"type":"function","function":{"name":"b","parameters":{"type":"object"}}}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,
               "schema":{"type":"object","properties":{"größe":{"type":"object","properties":{}}}}}},
             "messages":[{"role":"user","content":"Hi"}]}
            """);

    assertThat(sent.getInteger("max_tokens")).isEqualTo(77);
    assertThat(sent.getBoolean("stream")).isTrue();
    assertThat(sent.getJsonArray("stop_sequences")).containsExactly("END");
    assertThat(sent.getJsonObject("metadata").getString("user_id")).isEqualTo("u1");
    assertThat(sent.getString("service_tier")).isEqualTo("standard_only");
    assertThat(sent.getJsonObject("tool_choice"))
        .isEqualTo(new JsonObject().put("type", "auto").put("disable_parallel_tool_use", true));
    assertThat(sent.getJsonArray("tools").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"name":"a","description":"An \\"a\\"","strict":true,
                 "input_schema":{"type":"object","properties":{},"additionalProperties":false}}
                """));
    assertThat(sent.getJsonObject("thinking").getString("type")).isEqualTo("adaptive");
    assertThat(sent.getJsonObject("output_config"))
        .isEqualTo(
            new JsonObject(
                """
                {"effort":"low","format":{"type":"json_schema","schema":{"type":"object",
                 "properties":{"größe":{"type":"object","properties":{},"additionalProperties":false}},
                 "additionalProperties":false}}}
                """));
  }

  @Test
  void bounds_that_anthropic_refuses_are_left_out_of_schemas_and_told() {
    String schema =
        """
        {"type":"object","properties":{"minimum":{"type":"integer","minimum":1,"maximum":5},
         "tags":{"type":"array","minItems":1,"maxItems":9,"items":{"type":"string","maxLength":8}},
         "two":{"type":"array","minItems":2}}}\
        """;
    JsonObject kept =
        new JsonObject(
            """
            {"type":"object","properties":{"minimum":{"type":"integer"},
             "tags":{"type":"array","minItems":1,"items":{"type":"string"}},
             "two":{"type":"array"}},"additionalProperties":false}
            """);

    JsonObject sent =
        toMessages(
            """
            {"model":"m","messages":[{"role":"user","content":"Hi"}],
             "tools":[{"type":"function","function":{"name":"a","strict":true,"parameters":%s}},
                      {"type":"function","function":{"name":"b","parameters":%s}}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":%s}}}
            """
                .formatted(schema, schema, schema));

    JsonArray tools = sent.getJsonArray("tools");
    assertThat(tools.getJsonObject(0).getJsonObject("input_schema")).isEqualTo(kept);
    assertThat(tools.getJsonObject(1).getJsonObject("input_schema"))
        .isEqualTo(new JsonObject(schema));
    assertThat(sent.getJsonObject("output_config").getJsonObject("format").getJsonObject("schema"))
        .isEqualTo(kept);
    assertThat(losses.dropped())
        .contains("tools.schema.minimum", "response_format.schema.maxLength")
        .contains("response_format.schema.minItems")
        .hasSize(10);
  }

  @Test
  void what_anthropic_has_no_word_for_is_told() {
    JsonObject sent =
        toMessages(
            """
            {"model":"m","temperature":0.1,"top_p":0.5,"seed":7,"presence_penalty":1,
             "logprobs":true,"logit_bias":{"5":1},"service_tier":"flex","frequency_penalty":0.1,
             "messages":[{"role":"user","content":"Hi","name":"Ann"}]}
            """);

    assertThat(sent.fieldNames()).containsExactlyInAnyOrder("model", "max_tokens", "messages");
    assertThat(losses.dropped())
        .contains(
            "temperature",
            "top_p",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "logit_bias",
            "service_tier");
  }

  @Test
  void pictures_and_files_keep_their_bytes() {
    JsonArray parts =
        toMessages(
                chat(
                    """
                    {"role":"user","content":[
                      {"type":"image_url","image_url":{"url":"data:image/jpg;base64,AB\\/C","detail":"low"}},
                      {"type":"image_url","image_url":{"url":"https://x/y.png"}},
                      {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}},
                      {"type":"file","file":{"file_data":"data:text/plain;base64,SGVsbG8="}}]}
                    """))
            .getJsonArray("messages")
            .getJsonObject(0)
            .getJsonArray("content");

    assertThat(parts)
        .isEqualTo(
            new JsonArray(
                """
                [{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AB/C"}},
                 {"type":"image","source":{"type":"url","url":"https://x/y.png"}},
                 {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBE"},
                  "title":"a.pdf"},
                 {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hello"}}]
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{'role':'tool','tool_call_id':'x','content':'1'} ~ tool",
        "{'role':'assistant','content':null,'tool_calls':[{'id':'a','type':'function','function':"
            + "{'name':'n','arguments':'{}'}}]},{'role':'user','content':'y'} ~ has no result",
        "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}}]}"
            + " ~ audio",
        "{'role':'user','content':[{'type':'file','file':{'file_id':'file-1'}}]} ~ file",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/bmp;base64,AA'}}]}"
            + " ~ JPEG",
        "{'role':'system','content':'only'} ~ no turn of a user"
      })
  void what_would_mean_something_else_is_refused(String messages, String why) {
    assertThat(refused(chat(messages.replace('\'', '"'))).message()).contains(why);
  }

  @Test
  void several_answers_are_refused() {
    assertThat(
            refused("{\"n\":2," + chat("{\"role\":\"user\",\"content\":\"x\"}").substring(1))
                .param())
        .isEqualTo("n");
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-8, high, '{\"type\":\"adaptive\"}'",
    "claude-sonnet-4-5-20250929, medium, '{\"type\":\"enabled\",\"budget_tokens\":8192}'",
    "claude-3-7-sonnet-latest, low, '{\"type\":\"enabled\",\"budget_tokens\":2048}'",
    "claude-3-5-haiku-20241022, low, ",
    "claude-opus-5-5, none, ",
    "claude-sonnet-5-5, none, '{\"type\":\"between_tools\"}'",
    "claude-haiku-5-5, none, '{\"type\":\"disabled\"}'",
    "claude-sonnet-4-5, none, "
  })
  void each_generation_is_told_in_its_way_how_much_to_think(
      String model, String effort, String thinking) {
    JsonObject sent =
        toMessages(
            model,
            "{\"reasoning_effort\":\""
                + effort
                + "\","
                + chat("{\"role\":\"user\",\"content\":\"x\"}").substring(1));

    JsonObject said = sent.getJsonObject("thinking");
    if (said != null) {
      said.remove("display");
    }
    assertThat(said).isEqualTo(thinking == null ? null : new JsonObject(thinking));
  }

  @Test
  void messages_become_a_chat() {
    JsonObject sent =
        toChat(
            """
            {"model":"x","max_tokens":64,"top_k":3,"stop_sequences":["END"],"stream":true,
             "system":[{"type":"text","text":"Be kind.","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"w","input_schema":{"type":"object","properties":{}}},
                      {"type":"web_search_20250305","name":"web_search"}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "metadata":{"user_id":"u"},
             "messages":[
              {"role":"user","content":[{"type":"text","text":"Look"},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
              {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"c2ln"},
                {"type":"text","text":"Well"},{"type":"tool_use","id":"t1","name":"w","input":{"a":[1]}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[
                {"type":"text","text":"15"}]},{"type":"text","text":"And?"}]}]}
            """);

    JsonArray messages = sent.getJsonArray("messages");
    assertThat(messages.stream().map(one -> ((JsonObject) one).getString("role")))
        .satisfies(roles -> assertThat(roles.get(0)).isIn("system", "developer"))
        .endsWith("user", "assistant", "tool", "user");
    JsonObject assistant = messages.getJsonObject(2);
    assertThat(assistant.getString("content")).isEqualTo("Well");
    JsonObject call = assistant.getJsonArray("tool_calls").getJsonObject(0);
    assertThat(call.getString("id")).isEqualTo("t1");
    assertThat(call.getJsonObject("function").getString("arguments")).isEqualTo("{\"a\":[1]}");
    assertThat(messages.getJsonObject(3).getString("tool_call_id")).isEqualTo("t1");
    assertThat(messages.encode()).contains("data:image/png;base64,AAAA").doesNotContain("c2ln");
    assertThat(sent.getString("tool_choice")).isEqualTo("required");
    assertThat(sent.getBoolean("parallel_tool_calls")).isFalse();
    assertThat(sent.getJsonArray("tools")).hasSize(1);
    assertThat(losses.dropped()).contains("cache_control", "top_k", "tools.web_search_20250305");
  }

  @Test
  void thoughts_travel_only_with_their_own_seal() {
    AnthropicChat messages = new AnthropicChat(any -> 0);
    String body =
        """
        {"model":"x","max_tokens":64,"messages":[{"role":"user","content":"Q"},
         {"role":"assistant","content":[
          {"type":"thinking","thinking":"Mine","signature":"c2ln"},
          {"type":"redacted_thinking","data":"ZGF0"},
          {"type":"thinking","thinking":"Foreign","signature":"infermux.responses.abc"},
          {"type":"text","text":"A"}]},{"role":"user","content":"Q2"}]}\
        """;

    String sent =
        new String(
            messages
                .request(
                    messages.conversation(
                        AnthropicRequestBody.scan(Operation.CHAT, body.getBytes(UTF_8)), losses),
                    MODEL,
                    losses)
                .bytes(),
            UTF_8);

    assertThat(
            new JsonObject(sent).getJsonArray("messages").getJsonObject(1).getJsonArray("content"))
        .isEqualTo(
            new JsonArray(
                "[{\"type\":\"thinking\",\"thinking\":\"Mine\",\"signature\":\"c2ln\"},"
                    + "{\"type\":\"redacted_thinking\",\"data\":\"ZGF0\"},"
                    + "{\"type\":\"text\",\"text\":\"A\"}]"));
    assertThat(losses.dropped()).isEqualTo(List.of("messages.reasoning"));
  }

  private Failure refusedAsChat(String messages) {
    Throwable refused = catchThrowable(() -> toChat(messages));
    assertThat(refused).isInstanceOf(InferenceException.class);
    return ((InferenceException) refused).failure();
  }

  private static String messages(String fields) {
    return "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
        + fields
        + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"object\"}                 | {\"type\":\"object\",\"properties\":{}}",
        "{\"type\":\"object\",\"properties\":null} | {\"type\":\"object\",\"properties\":{}}",
        "{}                                  | {\"type\":\"object\",\"properties\":{}}",
        "{\"type\":null,\"required\":[\"a\"],\"properties\":{\"a\":{}}} | "
            + "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{}}}"
      })
  void arguments_without_a_type_or_properties_get_what_other_apis_demand(
      String schema, String whole) {
    JsonObject chat =
        toChat(messages("\"tools\":[{\"name\":\"f\",\"input_schema\":" + schema + "}]"));
    JsonObject sent =
        toMessages(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":"
                + "\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                + schema
                + "}}]}");

    JsonObject function = chat.getJsonArray("tools").getJsonObject(0).getJsonObject("function");
    assertThat(function.getJsonObject("parameters")).isEqualTo(new JsonObject(whole));
    assertThat(sent.getJsonArray("tools").getJsonObject(0).getJsonObject("input_schema"))
        .isEqualTo(new JsonObject(whole));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false     | true",
        "{\"a\":{\"type\":\"string\"}},\"required\":[],\"additionalProperties\":false        | false",
        "{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]                                  | false",
        "{\"a\":{\"format\":\"uri\"}},\"required\":[\"a\"],\"additionalProperties\":false      | false",
        "{\"a\":{\"default\":1}},\"required\":[\"a\"],\"additionalProperties\":false         | false",
        "{\"a\":{\"anyOf\":[{\"type\":\"object\"}]}},\"required\":[\"a\"],"
            + "\"additionalProperties\":false | false",
        "{\"default\":{\"$ref\":\"#/$defs/d\"}},\"required\":[\"default\"],"
            + "\"additionalProperties\":false,\"$defs\":{\"d\":{\"type\":[\"string\",\"null\"]}} | true"
      })
  void openai_is_asked_to_be_strict_where_it_can_be(String properties, boolean strict) {
    String schema = "{\"type\":\"object\",\"properties\":" + properties + "}";
    JsonObject chat =
        toChat(
            messages(
                "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                    + schema
                    + "}},\"tools\":[{\"name\":\"f\",\"strict\":true,\"input_schema\":"
                    + schema
                    + "}]"));

    JsonObject tool = chat.getJsonArray("tools").getJsonObject(0).getJsonObject("function");
    JsonObject format = chat.getJsonObject("response_format").getJsonObject("json_schema");
    assertThat(tool.getBoolean("strict")).isEqualTo(strict);
    assertThat(format.getBoolean("strict")).isEqualTo(strict);
    assertThat(format.getJsonObject("schema")).isEqualTo(new JsonObject(schema));
    assertThat(losses.dropped())
        .isEqualTo(strict ? List.of() : List.of("tools.strict", "response_format.strict"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"any\"}                         | {\"type\":\"web_search_20250305\",\"name\":\"s\"}",
        "{\"type\":\"tool\",\"name\":\"s\"}         | {\"type\":\"web_search_20250305\",\"name\":\"s\"}",
        "{\"type\":\"tool\",\"name\":\"s\"}         | {\"name\":\"f\",\"input_schema\":{}}"
      })
  void a_call_that_must_be_of_a_tool_that_is_left_out_is_refused(String choice, String tool) {
    String fields = "\"tools\":[" + tool + "],\"tool_choice\":" + choice;

    assertThat(refusedAsChat(messages(fields)).param()).isEqualTo("tool_choice");
  }
}
