package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.DONE;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fragments of calls come out as clients put them together, over a socket. */
class ToolFragmentsTest extends OpenAiStreams {

  private static final String STOP = OpenAiSpeech.choice("{}", "\"tool_calls\"");

  @Test
  void calls_that_count_from_1_count_from_0() {
    List<String> events = new ArrayList<>(Wire.lines("openai/fallback-tools.chunks"));
    events.add(DONE);

    List<JsonObject> calls = calls(events);

    assertThat(calls).hasSize(4).allMatch(call -> call.getInteger("index") == 0);
    assertThat(calls.get(0).getString("id")).isEqualTo("toolu_sanitized");
    assertThat(arguments(calls)).isEqualTo("{\"path\": \"a.txt\"}");
  }

  @Test
  void a_call_without_index_id_or_type_gets_them_once() {
    List<JsonObject> calls =
        calls(
            List.of(
                ROLE,
                tools("{\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools("{\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}"),
                STOP,
                DONE));

    JsonObject first = calls.get(0);
    assertThat(first.getInteger("index")).isZero();
    assertThat(first.getString("id")).isEqualTo("call_req-1_0");
    assertThat(first.getString("type")).isEqualTo("function");
    assertThat(calls.get(1))
        .isEqualTo(new JsonObject("{\"index\":0,\"function\":{\"arguments\":\"}\"}}"));
  }

  @Test
  void repeated_ids_and_names_are_left_out_and_another_id_is_another_call() {
    String one = "\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",";
    String other = "\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",";
    List<JsonObject> calls =
        calls(
            List.of(
                ROLE,
                tools("{\"index\":0," + one + "\"arguments\":\"{\"}}"),
                tools("{\"index\":0," + one + "\"arguments\":\"}\"}}"),
                tools("{\"index\":0," + other + "\"arguments\":\"{}\"}}"),
                STOP,
                DONE));

    assertThat(calls).extracting(call -> call.getInteger("index")).containsExactly(0, 0, 1);
    assertThat(calls).extracting(call -> call.getString("id")).containsExactly("a", null, "b");
    assertThat(calls.get(1).getJsonObject("function").containsKey("name")).isFalse();
  }

  @Test
  void fragments_in_the_profile_keep_their_bytes() {
    String first =
        tools(
            "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"\"}}");
    String next = tools("{ \"index\":0, \"function\":{\"arguments\":\"{}\"}}");

    assertThat(read(TestCall.stream(), MockAnswer.events(ROLE, first, next, STOP, DONE)).events())
        .containsExactly(ROLE, first, next, STOP, DONE);
  }

  private List<JsonObject> calls(List<String> events) {
    StreamProbe probe = read(TestCall.stream(), MockAnswer.events(events));
    assertThat(probe.failure()).isNull();
    List<JsonObject> calls = new ArrayList<>();
    for (String event : probe.events()) {
      if (event.contains("tool_calls\":[")) {
        JsonObject choice = new JsonObject(event).getJsonArray("choices").getJsonObject(0);
        choice
            .getJsonObject("delta")
            .getJsonArray("tool_calls")
            .forEach(call -> calls.add((JsonObject) call));
      }
    }
    return calls;
  }

  private static String arguments(List<JsonObject> calls) {
    StringBuilder all = new StringBuilder();
    calls.forEach(call -> all.append(call.getJsonObject("function").getString("arguments")));
    return all.toString();
  }

  private static String tools(String call) {
    return OpenAiSpeech.choice("{\"tool_calls\":[" + call + "]}", "null");
  }
}
