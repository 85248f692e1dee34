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
class MockAnthropicTest {

  private static final String PATH = "/v1/messages";
  private static final String USER = "{'role':'user','content':'Hi'}";
  private static final String CALL =
      "{'role':'assistant','content':[{'type':'tool_use','id':'c1','name':'weather','input':{}}]}";
  private static final String RESULT =
      "{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':'sunny'}]}";
  private static final String TOOLS =
      ",'tools':[{'type':'web_search_20260101','name':'web_search'},{'name':'weather',"
          + "'input_schema':{'type':'object','properties':{'city':{'type':'string'}},"
          + "'required':['city']}},{'name':'now','input_schema':{'type':'object'}}]";

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
  void a_text_is_answered_whole_and_streamed() throws Exception {
    HttpResponse<String> answer = post(USER, "");
    JsonObject whole = MockClient.json(answer);
    WireEvents events = WireEvents.of(post(USER, ",'stream':true").body());

    assertThat(answer.headers().firstValue("request-id")).hasValue("req_mock_1");
    assertThat(whole.getJsonArray("content").encode()).contains("\"text\":\"mock: Hi\"");
    assertThat(whole.getString("stop_reason")).isEqualTo("end_turn");
    assertThat(whole.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(2);
    assertThat(events.names())
        .containsExactly(
            "message_start",
            "ping",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
    assertThat(events.joined("content_block_delta", "delta")).contains("mock:", " Hi");
  }

  @Test
  void tools_are_called_in_parallel_and_their_results_answered_with_text() throws Exception {
    mock.script("tool-call-2");

    JsonObject whole = MockClient.json(post(USER, TOOLS));
    String streamed = post(USER, TOOLS + ",'stream':true").body();
    HttpResponse<String> after = post(USER + "," + CALL + "," + RESULT, TOOLS);
    String alone = ",'tool_choice':{'type':'auto','disable_parallel_tool_use':true}";

    assertThat(whole.getString("stop_reason")).isEqualTo("tool_use");
    assertThat(whole.getJsonArray("content")).hasSize(2);
    assertThat(whole.getJsonArray("content").getJsonObject(0).getJsonObject("input"))
        .isEqualTo(new JsonObject().put("city", "mock"));
    assertThat(whole.getJsonArray("content").getJsonObject(1).getJsonObject("input"))
        .isEqualTo(new JsonObject());
    assertThat(streamed).contains("input_json_delta", "\"stop_reason\":\"tool_use\"");
    assertThat(after.body()).contains("\"text\":\"mock: sunny\"");
    assertThat(MockClient.json(post(USER, TOOLS + alone)).getJsonArray("content")).hasSize(1);
    assertThat(post(USER, TOOLS + ",'tool_choice':{'type':'tool','name':'now'}").body())
        .contains("\"name\":\"now\"");
    assertThat(MockClient.json(post(USER, TOOLS + ",'max_tokens':2")).encode())
        .contains("\"stop_reason\":\"max_tokens\"", "\"input\":{}");
  }

  @Test
  void a_schema_is_filled_and_reasoning_signed() throws Exception {
    mock.script("reasoning-2");
    String format =
        ",'output_config':{'format':{'type':'json_schema','schema':{'type':'object',"
            + "'properties':{'ok':{'type':'boolean'}},'required':['ok']}}}";

    JsonObject whole = MockClient.json(post(USER, format));
    String streamed = post(USER, ",'stream':true").body();

    JsonObject thought = whole.getJsonArray("content").getJsonObject(0);
    assertThat(thought.getString("thinking")).isEqualTo("t1 t2");
    assertThat(thought.getString("signature")).isEqualTo(SignedEvents.SIGNATURE + "1");
    assertThat(whole.getJsonArray("content").getJsonObject(1).getString("text"))
        .isEqualTo("{\"ok\":true}");
    assertThat(streamed).contains("thinking_delta", "signature_delta");
    String back =
        ",{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'%s'},"
            + "{'type':'text','text':'x'}]},";
    assertThat(post(USER + back.formatted(thought.getString("signature")) + USER, "").statusCode())
        .isEqualTo(200);
    assertThat(post(USER + back.formatted("infermux.responses.x") + USER, "").body())
        .contains("Invalid `signature` in `thinking` block");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "status-429+retry-after-2s, 429, rate_limit_error",
        "status-529, 529, overloaded_error",
        "status-500, 500, api_error",
        "status-401, 401, authentication_error",
        "status-400+code-context_length_exceeded, 400, prompt is too long",
        "status-429+code-insufficient_quota, 429, enforced_spend_limit_reached",
        "status-503+code-overloaded_error, 503, overloaded_error",
        "error, 200, api_error",
      })
  void errors_are_in_its_own_words(String plan, int status, String said) throws Exception {
    mock.script(plan);

    HttpResponse<String> answer = post(USER, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"type\":\"error\",\"error\":{").contains(said);
  }

  @Test
  void a_stream_ends_in_an_error_or_is_cut_and_never_with_message_stop() throws Exception {
    mock.script("error-after-1+code-overloaded_error, no-done, cut-after-1");

    WireEvents failed = WireEvents.of(post(USER, ",'stream':true").body());
    assertThat(failed.lastName()).isEqualTo("error");
    assertThat(failed.last().getJsonObject("error").getString("type"))
        .isEqualTo("overloaded_error");
    assertThat(WireEvents.of(post(USER, ",'stream':true").body()).names())
        .doesNotContain("message_stop");
    assertThatThrownBy(() -> post(USER, ",'stream':true")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "'temperature':1 => temperature: Extra inputs are not permitted",
        "'stop_sequences':[' '] => must contain non-whitespace",
        "'tool_choice':{'type':'auto'} => while providing `tools`",
        "'tools':[{'name':'a b','input_schema':{'type':'object'}}] => should match pattern",
        "'tools':[{'name':'a','input_schema':{}}] => input_schema.type",
        "'thinking':{'type':'enabled','budget_tokens':100} => greater than or equal to 1024",
        "'thinking':{'type':'enabled','budget_tokens':2000} => must be greater than",
        "'system':[{'type':'text','text':''}] => text content blocks must be non-empty",
        "'max_tokens':'x' => max_tokens",
      })
  void fields_that_the_api_refuses_are_refused(String field, String said) throws Exception {
    String maximum = field.contains("max_tokens") ? "" : "'max_tokens':100,";
    HttpResponse<String> answer =
        client.post(
            PATH,
            "{'model':'m'," + maximum + "'messages':[" + USER + "]," + field + "}",
            "anthropic-version",
            "2026-10-21");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request_error", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "{'role':'user','content':''} => user messages must have non-empty content",
        "{'role':'user','content':[{'type':'text','text':''}]} => must be non-empty",
        "{'role':'tool','content':'x'} => Input should be 'user' or 'assistant'",
        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'x'}]} => unexpected",
        "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':'{}'}]}"
            + " => Input should be a valid dictionary",
        "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]}"
            + " => without `tool_result` blocks immediately after: a",
        "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},"
            + "{'role':'user','content':[{'type':'text','text':'x'},{'type':'tool_result',"
            + "'tool_use_id':'a'}]} => without `tool_result` blocks immediately after: a",
        "{'role':'assistant','content':[{'type':'document','source':{}}]} => `document` blocks",
      })
  void messages_that_the_api_refuses_are_refused(String messages, String said) throws Exception {
    HttpResponse<String> answer =
        client.post(
            PATH,
            "{'model':'m','max_tokens':9,'messages':[" + USER + "," + messages + "]}",
            "anthropic-version",
            "2026-10-21");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(said);
  }

  @Test
  void the_version_is_asked_for_and_sampling_was_allowed_before() throws Exception {
    String body = "{'model':'m','max_tokens':9,'temperature':0.5,'messages':[" + USER + "]}";

    assertThat(client.post(PATH, body).body()).contains("anthropic-version: header is required");
    assertThat(client.post(PATH, body, "anthropic-version", "2023-06-01").statusCode())
        .isEqualTo(200);
    assertThat(
            client
                .post(PATH, "{'model':'m','messages':[" + USER + "]}", "anthropic-version", "1")
                .body())
        .contains("max_tokens");
    mock.strict();
    assertThat(post(USER, ",'n':1").body()).contains("n: Extra inputs are not permitted");
  }

  @Test
  void tokens_are_counted_and_models_listed_in_its_own_shape() throws Exception {
    HttpResponse<String> counted =
        client.post(
            PATH + "/count_tokens",
            "{'model':'m','messages':[{'role':'user','content':'12345678'}]}",
            "anthropic-version",
            "2023-06-01");
    HttpResponse<String> models =
        client.send("GET", "/v1/models?limit=1", "", "anthropic-version", "2023-06-01");

    assertThat(counted.body()).isEqualTo("{\"input_tokens\":2}");
    assertThat(MockClient.json(models).getJsonArray("data").getJsonObject(0).getString("type"))
        .isEqualTo("model");
    assertThat(MockClient.json(models).getBoolean("has_more")).isFalse();
    assertThat(client.get("/v1/models").body()).contains("\"object\":\"list\"");
  }

  @Test
  void a_rate_limit_shows_in_the_headers() throws Exception {
    mock.rateLimit(5);

    HttpResponse<String> answer = post(USER, "");

    assertThat(answer.headers().firstValue("anthropic-ratelimit-requests-remaining")).hasValue("4");
    assertThat(answer.headers().firstValue("anthropic-ratelimit-requests-reset").orElse(""))
        .matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  private HttpResponse<String> post(String messages, String more) throws Exception {
    String maximum = more.contains("max_tokens") ? "" : "'max_tokens':100,";
    return client.post(
        PATH,
        "{'model':'m'," + maximum + "'messages':[" + messages + "]" + more + "}",
        "anthropic-version",
        "2026-10-21");
  }
}
