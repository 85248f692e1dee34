package dev.infermux.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class MockOllamaTest {

  private static final String USER = "{'role':'user','content':'Hi'}";
  private static final String TOOLS =
      ",'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object',"
          + "'properties':{'city':{'type':'string'}},'required':['city']}}}]";
  private static final String CALL =
      "{'role':'assistant','content':'','tool_calls':[{'function':{'name':'weather',"
          + "'arguments':{}}}]}";

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
  void a_chat_is_streamed_in_lines_unless_it_says_otherwise() throws Exception {
    HttpResponse<String> answer = chat(USER, "");
    List<JsonObject> lines = lines(answer);
    JsonObject whole = MockClient.json(chat(USER, ",'stream':false"));

    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).getJsonObject("message").getString("content")).isEqualTo(" Hi");
    assertThat(lines.get(2).getBoolean("done")).isTrue();
    assertThat(lines.get(2).getInteger("eval_count")).isEqualTo(2);
    assertThat(whole.getJsonObject("message").getString("content")).isEqualTo("mock: Hi");
    assertThat(whole.getString("done_reason")).isEqualTo("stop");
  }

  @Test
  void tools_are_called_and_their_results_answered_with_text() throws Exception {
    mock.script("tool-call+reasoning-1");

    List<JsonObject> lines = lines(chat(USER, TOOLS));
    String result = ",{'role':'tool','tool_name':'weather','content':'sunny'}";

    assertThat(lines.get(0).encode()).contains("\"thinking\":\"t1\"");
    assertThat(lines.get(1).encode())
        .contains("\"name\":\"weather\",\"arguments\":{\"city\":\"mock\"}");
    assertThat(chat(USER + "," + CALL + result, TOOLS + ",'stream':false").body())
        .contains("\"content\":\"mock: sunny\"");
  }

  @Test
  void a_schema_is_filled_and_a_text_generated() throws Exception {
    String format =
        ",'stream':false,'format':{'type':'object','required':['ok'],'properties':"
            + "{'ok':{'type':'boolean'}}}";

    assertThat(MockClient.json(chat(USER, format)).getJsonObject("message").getString("content"))
        .isEqualTo("{\"ok\":true}");
    assertThat(
            MockClient.json(
                    client.post("/api/generate", "{'model':'m','prompt':'Hi','stream':false}"))
                .getString("response"))
        .isEqualTo("mock: Hi");
  }

  @Test
  void errors_are_words_in_an_object_and_a_cut_stream_is_never_done() throws Exception {
    mock.script("status-503, error-after-1, cut-after-1");

    assertThat(chat(USER, "").body()).isEqualTo("{\"error\":\"mock: status 503\"}");
    List<JsonObject> failed = lines(chat(USER, ""));
    assertThat(failed.get(failed.size() - 1).getString("error")).contains("inside a 200");
    assertThatThrownBy(() -> chat(USER, "")).isInstanceOf(IOException.class);
  }

  @Test
  void texts_are_embedded_in_both_ways() throws Exception {
    JsonObject several =
        MockClient.json(
            client.post("/api/embed", "{'model':'m','input':['a','b'],'dimensions':3}"));
    JsonObject one = MockClient.json(client.post("/api/embeddings", "{'model':'m','prompt':'a'}"));

    assertThat(several.getJsonArray("embeddings")).hasSize(2);
    assertThat(several.getJsonArray("embeddings").getJsonArray(0)).hasSize(3);
    assertThat(one.getJsonArray("embedding")).hasSize(8);
  }

  @Test
  void what_clients_ask_of_a_server_is_there() throws Exception {
    assertThat(client.get("/api/tags").body()).contains("\"name\":\"mock-ok\"");
    assertThat(client.get("/api/version").body()).contains("\"version\"");
    assertThat(client.post("/api/show", "{'model':'m'}").body()).contains("\"capabilities\"");
    assertThat(client.get("/api/ps").body()).isEqualTo("{\"models\":[]}");
    assertThat(client.get("/").body()).isEqualTo("Ollama is running");
  }

  @Test
  void what_the_api_cannot_read_is_refused() throws Exception {
    assertThat(chat("{'role':'robot','content':'x'}", "").body()).contains("invalid role: robot");
    assertThat(chat("{'role':'user','content':[]}", "").statusCode()).isEqualTo(400);
    String text = CALL.replace("{}}", "'{}'}");
    assertThat(chat(USER + "," + text, "").body()).contains("ToolCallFunctionArguments");
  }

  private HttpResponse<String> chat(String messages, String more) throws Exception {
    return client.post("/api/chat", "{'model':'m','messages':[" + messages + "]" + more + "}");
  }

  private static List<JsonObject> lines(HttpResponse<String> answer) {
    return Arrays.stream(answer.body().split("\n")).map(JsonObject::new).toList();
  }
}
