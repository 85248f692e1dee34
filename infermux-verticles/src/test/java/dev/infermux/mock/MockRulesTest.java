package dev.infermux.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
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
class MockRulesTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String USER = "{'role':'user','content':'Hi'}";
  private static final String CALL =
      "{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':"
          + "{'name':'f','arguments':'{}'}}]}";
  private static final String RESULT = "{'role':'tool','tool_call_id':'c1','content':'x'}";

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

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "'stream_options':{'include_usage':true} => stream_options",
        "'tools':[] => tools",
        "'tool_choice':'auto' => tool_choice",
        "'tools':[{'type':'function','function':{'name':'a b'}}] => tools[0].function.name",
        "'response_format':{'type':'json_schema','json_schema':{}} => "
            + "response_format.json_schema.name",
      })
  void openai_refuses_what_its_api_does(String field, String param) throws Exception {
    HttpResponse<String> answer = chat(USER, "," + field);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject error = MockClient.json(answer).getJsonObject("error");
    assertThat(error.getString("param")).isEqualTo(param);
    assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    assertThat(error.containsKey("code")).isTrue();
  }

  @Test
  void models_that_reason_take_another_maximum_and_no_sampling() throws Exception {
    String asked = "{'model':'o3-mini','messages':[" + USER + "],";

    assertThat(client.post(CHAT, asked + "'max_tokens':5}").body())
        .contains("Use 'max_completion_tokens' instead", "\"code\":\"unsupported_parameter\"");
    assertThat(client.post(CHAT, asked + "'temperature':0.5}").body())
        .contains("\"code\":\"unsupported_value\"");
    assertThat(client.post(CHAT, asked + "'temperature':1,'max_completion_tokens':5}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void openai_wants_each_call_of_a_tool_answered_and_nothing_else() throws Exception {
    assertThat(chat(USER + "," + CALL, "").body()).contains("did not have response messages: c1");
    assertThat(chat(USER + "," + CALL + "," + USER, "").statusCode()).isEqualTo(400);
    assertThat(chat(USER + "," + RESULT, "").body()).contains("preceeding message");
    assertThat(chat(USER + "," + CALL + "," + RESULT, "").statusCode()).isEqualTo(200);
  }

  @Test
  void fields_that_the_api_does_not_know_are_refused_if_it_is_strict() throws Exception {
    assertThat(chat(USER, ",'top_k':1").statusCode()).isEqualTo(200);

    mock.strict();

    HttpResponse<String> answer = chat(USER, ",'top_k':1");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Unknown parameter: 'top_k'.", "unknown_parameter", "\"param\":\"top_k\"");
    assertThat(chat(USER, ",'top_p':1").statusCode()).isEqualTo(200);
    client.post("/__mock/script", "{'strict':false}");
    assertThat(chat(USER, ",'top_k':1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_refused_request_uses_up_no_step_of_the_plan() throws Exception {
    mock.script("status-503, ok");

    assertThat(chat(USER, ",'tools':[]").statusCode()).isEqualTo(400);
    assertThat(chat(USER, "").statusCode()).isEqualTo(503);
  }

  private HttpResponse<String> chat(String messages, String more) throws Exception {
    return client.post(CHAT, "{'model':'m','messages':[" + messages + "]" + more + "}");
  }
}
