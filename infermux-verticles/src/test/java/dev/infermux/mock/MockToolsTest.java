package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.mock.script.MockBehaviour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockToolsTest {

  private static final String TOOLS =
      """
      "tools":[
        {"type":"function","function":{"name":"weather","parameters":{"type":"object",
          "properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}},
        {"type":"function","function":{"name":"time"}}]\
      """;
  private static final String ASKED = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String CALLED =
      ASKED
          + ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":"
          + "\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}"
          + ",{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"sunny\"}";

  private final Mock mock = Mock.named("mock");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "tool-call # '' # weather {'city':'mock'}",
        "tool-call-2 # '' # weather {'city':'mock'}, time {}",
        "tool-call-3 # '' # weather {'city':'mock'}, time {}, weather {'city':'mock'}",
        "tool-call-time # '' # time {}",
        "tool-call-time/weather # '' # time {}, weather {'city':'mock'}",
        "tool-call-nothing # '' # ",
        "tool-call+arguments-{'city':'Oslo'} # '' # weather {'city':'Oslo'}",
        "tool-call-2 # ,'parallel_tool_calls':false # weather {'city':'mock'}",
        "tool-call # ,'tool_choice':'none' # ",
        "ok # '' # ",
        "ok # ,'tool_choice':'required' # weather {'city':'mock'}",
        "ok # ,'tool_choice':{'type':'function','function':{'name':'time'}} # time {}",
      })
  void the_tools_of_the_request_are_called(String words, String more, String calls) {
    JsonObject choice = choice(answer(words, ASKED, TOOLS + quoted(more.replace("''", ""))));

    assertThat(calls(choice)).isEqualTo(calls == null ? "" : quoted(calls));
    assertThat(choice.getString("finish_reason")).isEqualTo(calls == null ? "stop" : "tool_calls");
    assertThat(choice.getJsonObject("message").getString("content"))
        .isEqualTo(calls == null ? "mock: Hi" : null);
  }

  @Test
  void after_the_results_of_tools_comes_a_text_and_then_tools_again() {
    JsonObject answered = choice(answer("tool-call", CALLED, TOOLS));
    assertThat(text(answered)).isEqualTo("mock: sunny");
    assertThat(calls(answered)).isEmpty();
    String later = CALLED + ",{\"role\":\"assistant\",\"content\":\"Sunny\"}," + ASKED;
    assertThat(calls(choice(answer("tool-call", later, TOOLS)))).startsWith("weather ");
  }

  @Test
  void one_who_demands_a_tool_after_results_gets_another_one() {
    String required = TOOLS + ",\"tool_choice\":\"required\"";

    assertThat(calls(choice(answer("tool-call", CALLED, required)))).isEqualTo("time {}");
  }

  @Test
  void a_request_without_tools_is_answered_with_text() {
    assertThat(content("tool-call", "\"n\":1")).isEqualTo("mock: Hi");
  }

  @Test
  void a_stream_gives_calls_in_fragments_whose_first_alone_has_id_and_name() {
    List<JsonObject> chunks = stream("tool-call-2", ASKED, TOOLS);

    StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
    List<String> heads = new ArrayList<>();
    for (JsonObject chunk : chunks) {
      JsonObject delta = chunk.getJsonArray("choices").getJsonObject(0).getJsonObject("delta");
      for (Object one : delta.getJsonArray("tool_calls", new JsonArray())) {
        JsonObject call = (JsonObject) one;
        int index = call.getInteger("index");
        arguments[index].append(call.getJsonObject("function").getString("arguments"));
        if (call.containsKey("id")) {
          heads.add(
              index
                  + call.getString("type")
                  + call.getString("id")
                  + call.getJsonObject("function").getString("name"));
        }
      }
    }
    assertThat(heads)
        .containsExactly("0functioncall_mock_1_0weather", "1functioncall_mock_1_1time");
    assertThat(arguments[0]).hasToString("{\"city\":\"mock\"}");
    assertThat(arguments[1]).hasToString("{}");
    assertThat(chunks.get(chunks.size() - 1).encode()).contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void calls_break_after_so_many_fragments_and_end_at_the_callers_maximum() {
    assertThat(stream("tool-call+cut-after-2", ASKED, TOOLS)).hasSize(3);
    JsonObject shortened = choice(answer("tool-call", ASKED, TOOLS + ",\"max_tokens\":2"));
    assertThat(shortened.getString("finish_reason")).isEqualTo("length");
    assertThat(calls(shortened)).isEqualTo("weather {\"city\":");
  }

  @Test
  void a_schema_is_filled_when_it_is_asked_for_and_a_text_wins() {
    String format =
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":"
            + "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"]}}}";

    assertThat(content("ok", format)).isEqualTo("{\"ok\":true}");
    assertThat(content("text-Hello", format)).isEqualTo("Hello");
    assertThat(content("ok", "\"response_format\":{\"type\":\"json_object\"}"))
        .isEqualTo("{\"text\":\"mock: Hi\"}");
    assertThat(content("ok", "\"response_format\":{\"type\":\"text\"}")).isEqualTo("mock: Hi");
    assertThat(content("schema", "\"n\":1")).isEqualTo("{\"text\":\"mock: Hi\"}");
  }

  @Test
  void reasoning_comes_first_and_is_counted() {
    JsonObject answer = answer("reasoning-3+usage-exact", ASKED, "\"n\":1");

    assertThat(choice(answer).getJsonObject("message").getString("reasoning_content"))
        .isEqualTo("t1 t2 t3");
    assertThat(text(choice(answer))).isEqualTo("mock: Hi");
    assertThat(answer.getJsonObject("usage").encode())
        .contains("\"completion_tokens\":5", "\"reasoning_tokens\":3");
    assertThat(stream("reasoning-2", ASKED, "\"n\":1").get(1).encode())
        .contains("\"delta\":{\"reasoning_content\":\"t1\"}");
    JsonObject spent = choice(answer("reasoning-9", ASKED, "\"max_tokens\":4"));
    assertThat(spent.getString("finish_reason")).isEqualTo("length");
    assertThat(text(spent)).isEmpty();
  }

  @Test
  void characters_of_all_that_was_written_are_counted() {
    ResponsePlan plan = plan("tool-call+reasoning-1", ASKED, TOOLS, false);

    assertThat(plan.characters()).isEqualTo("t1{'city':'mock'}".length());
  }

  private String content(String words, String more) {
    return text(choice(answer(words, ASKED, more)));
  }

  private static String text(JsonObject choice) {
    return choice.getJsonObject("message").getString("content");
  }

  private JsonObject answer(String words, String messages, String more) {
    return new JsonObject(plan(quoted(words), messages, more, false).body());
  }

  private List<JsonObject> stream(String words, String messages, String more) {
    List<JsonObject> chunks = new ArrayList<>();
    plan(words, messages, more, true)
        .steps()
        .forEachRemaining(
            step -> {
              if (step.kind() != ResponseStep.Kind.DONE) {
                chunks.add(new JsonObject(step.frame().substring(6)));
              }
            });
    return chunks;
  }

  private ResponsePlan plan(String words, String messages, String more, boolean stream) {
    String body = "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[" + messages + "],";
    OpenAiRequestBody scanned =
        OpenAiRequestBody.scan(Operation.CHAT, (body + more + "}").getBytes(UTF_8));
    mock.always(MockBehaviour.parse(words));
    return mock.score(MockCall.of(Operation.CHAT, scanned, "m"));
  }

  private static JsonObject choice(JsonObject answer) {
    return answer.getJsonArray("choices").getJsonObject(0);
  }

  private static String calls(JsonObject choice) {
    List<String> calls = new ArrayList<>();
    for (Object one : choice.getJsonObject("message").getJsonArray("tool_calls", new JsonArray())) {
      JsonObject function = ((JsonObject) one).getJsonObject("function");
      calls.add(function.getString("name") + " " + function.getString("arguments"));
    }
    return String.join(", ", calls);
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
