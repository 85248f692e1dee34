package dev.infermux.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class MockAzureTest {

  private static final String DEPLOYMENT = "/openai/deployments/my%20gpt";
  private static final String VERSION = "?api-version=2024-10-21";
  private static final String ASKED = "{%s'messages':[{'role':'user','content':'Hi'}]}";

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
  void a_deployment_answers_whatever_model_the_body_names() throws Exception {
    HttpResponse<String> answer =
        client.post(DEPLOYMENT + "/chat/completions" + VERSION, ASKED.formatted(""));

    assertThat(answer.headers().firstValue("x-ms-deployment-name")).hasValue("my gpt");
    assertThat(answer.headers().firstValue("apim-request-id")).isPresent();
    assertThat(answer.body())
        .contains("mock: Hi", "\"model\":\"my gpt\"", "\"prompt_filter_results\"")
        .contains("\"logprobs\":null,\"content_filter_results\":{\"hate\"");
    assertThat(mock.requests().get(0).model()).isEqualTo("my gpt");
    assertThat(client.post(DEPLOYMENT + "/embeddings" + VERSION, "{'input':'a'}").body())
        .contains("\"embedding\"");
  }

  @Test
  void a_stream_begins_with_the_verdict_about_the_prompt() throws Exception {
    String[] events =
        client
            .post(DEPLOYMENT + "/chat/completions" + VERSION, ASKED.formatted("'stream':true,"))
            .body()
            .split("\n\n");

    assertThat(events[0]).startsWith("data: {\"choices\":[],").contains("prompt_filter_results");
    assertThat(events[1]).contains("\"role\":\"assistant\"", "content_filter_results");
    assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
  }

  @Test
  void a_path_without_version_or_operation_is_not_found() throws Exception {
    for (String path :
        new String[] {
          DEPLOYMENT + "/chat/completions", DEPLOYMENT + VERSION, DEPLOYMENT + "/x" + VERSION
        }) {
      HttpResponse<String> answer = client.post(path, ASKED.formatted(""));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo("{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
    }
  }

  @Test
  void errors_are_in_its_own_shape() throws Exception {
    mock.script("status-400+code-content_filter, status-429+retry-after-2s");
    String path = "/openai/v1/chat/completions";

    assertThat(client.post(path, ASKED.formatted("'model':'m',")).body())
        .contains("\"code\":\"content_filter\"", "ResponsibleAIPolicyViolation");
    HttpResponse<String> limited = client.post(path, ASKED.formatted("'model':'m',"));
    assertThat(limited.body()).contains("{\"error\":{\"code\":\"rate_limit_exceeded\"");
    assertThat(limited.headers().firstValue("retry-after")).hasValue("2");
    assertThat(client.get("/openai/models?api-version=2024-10-21").body()).contains("mock-ok");
    assertThat(client.get("/openai/v1/models").statusCode()).isEqualTo(200);
  }

  @Test
  void a_rate_limit_shows_in_the_headers() throws Exception {
    mock.rateLimit(2);

    HttpResponse<String> answer =
        client.post("/v1/chat/completions", ASKED.formatted("'model':'m',"));

    assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).hasValue("2");
    assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("1");
  }
}
