package dev.infermux.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class MockResponsesTest {

  private static final String PATH = "/v1/responses";
  private static final String TOOLS =
      ",'tools':[{'type':'web_search'},{'type':'function','name':'weather','parameters':"
          + "{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}}]";
  private static final String CALL =
      "{'type':'function_call','call_id':'c1','name':'weather','arguments':'{}'}";
  private static final String RESULT =
      "{'type':'function_call_output','call_id':'c1','output':'sunny'}";

  private final Mock mock = Mock.named("mock");
  private MockClient client;

  @BeforeEach
  void open(Vertx vertx) {
    client = new MockClient(vertx, mock);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void an_input_is_counted_and_made_shorter() throws Exception {
    mock.strict();
    String body = "{'model':'m','input':'Hello there'}";

    JsonObject count = MockClient.json(client.post(PATH + "/input_tokens", body));
    JsonObject compacted = MockClient.json(client.post(PATH + "/compact", body));
    HttpResponse<String> refused =
        client.post(PATH + "/input_tokens", "{'model':'m','input':'Hi','store':true}");

    assertThat(count.getString("object")).isEqualTo("response.input_tokens");
    assertThat(count.getInteger("input_tokens")).isEqualTo(3);
    assertThat(compacted.getString("object")).isEqualTo("response.compaction");
    assertThat(compacted.getJsonArray("output").encode()).contains("encrypted_content");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Unknown parameter: 'store'");
  }

  @Test
  void a_text_is_answered_whole_and_streamed() throws Exception {
    JsonObject whole = MockClient.json(post("'Hi'", ""));
    HttpResponse<String> answer = post("'Hi'", ",'stream':true");
    WireEvents events = WireEvents.of(answer.body());

    assertThat(whole.getString("id")).isEqualTo("resp_mock1");
    assertThat(whole.getString("status")).isEqualTo("completed");
    assertThat(whole.getJsonArray("output").encode()).contains("\"text\":\"mock: Hi\"");
    assertThat(whole.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(2);
    assertThat(answer.headers().firstValue("content-type").orElse("")).contains("event-stream");
    assertThat(events.names()).startsWith("response.created", "response.in_progress");
    assertThat(events.joined("response.output_text.delta", "delta")).isEqualTo("mock: Hi");
    assertThat(events.lastName()).isEqualTo("response.completed");
    assertThat(events.last().getInteger("sequence_number")).isEqualTo(events.names().size() - 1);
  }

  @Test
  void tools_are_called_and_their_results_answered_with_text() throws Exception {
    mock.script("tool-call");

    WireEvents called = WireEvents.of(post("'Hi'", TOOLS + ",'stream':true").body());
    HttpResponse<String> after =
        post("[{'role':'user','content':'Hi'}," + CALL + "," + RESULT + "]", TOOLS);

    assertThat(called.joined("response.function_call_arguments.delta", "delta"))
        .isEqualTo("{\"city\":\"mock\"}");
    assertThat(called.last().encode())
        .contains("\"call_id\":\"call_mock_1_0\"", "\"name\":\"weather\"");
    assertThat(after.body()).contains("\"text\":\"mock: sunny\"");
  }

  @Test
  void a_schema_is_filled_and_reasoning_encrypted_for_who_asks() throws Exception {
    mock.script("reasoning-2");
    String format =
        ",'text':{'format':{'type':'json_schema','name':'s','schema':{'type':'object',"
            + "'properties':{'ok':{'type':'boolean'}},'required':['ok']}}}";

    assertThat(post("'Hi'", format).body())
        .contains("\"text\":\"{\\\"ok\\\":true}\"", "\"type\":\"reasoning\"")
        .doesNotContain(SignedEvents.SIGNATURE);
    assertThat(post("'Hi'", ",'include':['reasoning.encrypted_content']").body())
        .contains("\"encrypted_content\":\"" + SignedEvents.SIGNATURE + "2\"");
  }

  @Test
  void errors_come_instead_of_an_answer_and_inside_it() throws Exception {
    mock.script("status-429+code-rate_limit_exceeded, error, error-after-1, no-done");

    assertThat(post("'Hi'", "").body()).contains("\"code\":\"rate_limit_exceeded\"");
    WireEvents early = WireEvents.of(post("'Hi'", ",'stream':true").body());
    assertThat(early.names()).containsExactly("error");
    WireEvents late = WireEvents.of(post("'Hi'", ",'stream':true").body());
    assertThat(late.lastName()).isEqualTo("response.failed");
    assertThat(late.last().getInteger("sequence_number")).isEqualTo(late.names().size() - 1);
    assertThat(late.last().getJsonObject("response").getString("status")).isEqualTo("failed");
    WireEvents endless = WireEvents.of(post("'Hi'", ",'stream':true").body());
    assertThat(endless.names()).doesNotContain("response.completed").hasSizeGreaterThan(4);
  }

  @Test
  void a_cut_stream_is_cut() {
    mock.script("cut-after-1");

    assertThatThrownBy(() -> post("'Hi'", ",'stream':true")).isInstanceOf(IOException.class);
  }

  @Test
  void a_response_that_was_shortened_is_incomplete() throws Exception {
    mock.script("tokens-9");

    assertThat(post("'Hi'", ",'max_output_tokens':2").body())
        .contains("\"status\":\"incomplete\"", "\"reason\":\"max_output_tokens\"");
  }

  @Test
  void responses_are_kept_for_calls_by_id() throws Exception {
    JsonObject first = MockClient.json(post("'Hi'", ""));
    String path = PATH + "/resp_mock1";

    assertThat(MockClient.json(client.get(path))).isEqualTo(first);
    assertThat(post("'And now?'", ",'previous_response_id':'resp_mock1'").statusCode())
        .isEqualTo(200);
    assertThat(post("[" + RESULT + "]", ",'previous_response_id':'resp_mock1'").statusCode())
        .isEqualTo(200);
    assertThat(client.get(path + "/input_items").body()).contains("\"object\":\"list\"");
    assertThat(client.send("DELETE", path, "").body()).contains("\"deleted\":true");
    assertThat(client.get(path).statusCode()).isEqualTo(404);
    post("'Hi'", ",'store':false");
    assertThat(client.get(PATH + "/resp_mock4").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "'previous_response_id':'resp_x' => previous_response_id",
        "'text':{'format':{'type':'json_schema','schema':{}}} => text.format.name",
        "'stream_options':{} => stream_options",
      })
  void what_the_api_refuses_is_refused(String field, String param) throws Exception {
    HttpResponse<String> answer = post("'Hi'", "," + field);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"param\":\"" + param + "\"");
  }

  @Test
  void calls_and_results_belong_together() throws Exception {
    assertThat(post("[" + CALL + "]", "").body()).contains("No tool output found for function");
    assertThat(post("[" + RESULT + "]", "").body()).contains("No tool call found for function");
    mock.strict();
    assertThat(post("'Hi'", ",'messages':[]").body()).contains("Unknown parameter: 'messages'.");
  }

  private HttpResponse<String> post(String input, String more) throws Exception {
    return client.post(PATH, "{'model':'m','input':" + input + more + "}");
  }
}
