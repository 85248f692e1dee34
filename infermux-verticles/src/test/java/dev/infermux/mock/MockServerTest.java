package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.MockScripts;
import dev.infermux.dialect.openai.OpenAiPaths;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class MockServerTest {

  private static final String CHAT =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]}";

  private final Mock mock = Mock.named("mock");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private MockServer server;

  @BeforeEach
  void open(Vertx vertx) {
    server = MockServer.start(vertx, "127.0.0.1", 0, mock, new MockScripts()).await();
  }

  @AfterEach
  void close() {
    server.close().await();
  }

  @Test
  void it_answers_chats_completions_and_embeddings_at_once() throws Exception {
    assertThat(post("/v1/chat/completions", CHAT).body())
        .contains("\"content\":\"mock: Hi there\"", "\"total_tokens\":5");
    assertThat(post("/chat/completions/", CHAT).statusCode()).isEqualTo(200);
    assertThat(post("/v1/completions", "{\"model\":\"m\",\"prompt\":\"Once\"}").body())
        .contains("\"text\":\"mock: Once\"");
    assertThat(post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}").body())
        .contains("\"object\":\"embedding\",\"index\":1");
  }

  @Test
  void images_sounds_moderations_and_rankings_have_one_answer_and_the_same_faults()
      throws Exception {
    String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--b--\r\n";

    assertThat(post("/v1/images/generations", "{\"model\":\"m\"}").body()).contains("b64_json");
    assertThat(post("/v1/moderations", "{\"input\":\"x\"}").body()).contains("\"flagged\":false");
    assertThat(post("/v1/audio/transcriptions", form.formatted("m")).body())
        .contains("\"text\":\"mock: heard\"");
    assertThat(post("/v1/audio/transcriptions", form.formatted("mock-status-503")).statusCode())
        .isEqualTo(503);
    assertThat(
            new JsonObject(
                    post("/v1/rerank", "{\"model\":\"m\",\"documents\":[\"a\",\"b\"]}").body())
                .getJsonArray("results"))
        .hasSize(2);
  }

  @Test
  void whatever_a_gateway_relays_is_answered_at_openais_paths_and_at_azures() throws Exception {
    for (String path : OpenAiPaths.RELAYED.keySet()) {
      for (String prefix :
          List.of("/v1", "", "/openai/v1", "/openai/deployments/mock-status-503")) {
        int status = post(prefix + path + "?api-version=1", "{\"model\":\"m\"}").statusCode();

        assertThat(status).as(prefix + path).isEqualTo(prefix.endsWith("503") ? 503 : 200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, audio/mpeg, fffb90",
    "wav, audio/wav, 52494646",
    "pcm, audio/pcm, 0000",
    "opus, audio/opus, 4f676753",
    "flac, audio/flac, 664c6143",
    "aac, audio/aac, fff1",
  })
  void speech_is_silence_in_the_format_that_is_asked_for(String format, String type, String begin)
      throws Exception {
    HttpResponse<byte[]> spoken =
        client.send(
            request("/v1/audio/speech")
                .POST(
                    BodyPublishers.ofString(
                        "{\"model\":\"m\",\"response_format\":\"" + format + "\"}"))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(spoken.headers().firstValue("content-type")).hasValue(type);
    assertThat(HexFormat.of().formatHex(spoken.body())).startsWith(begin);
  }

  @Test
  void images_transcripts_and_speech_stream_where_that_is_asked_for() throws Exception {
    String speech = "{\"model\":\"m\",\"input\":\"Hi\",\"stream_format\":\"sse\"}";
    String images = "{\"model\":\"m\",\"n\":2,\"stream\":true}";
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--b--\r\n";

    assertThat(post("/v1/audio/speech", speech).body())
        .contains("event: speech.audio.delta\n", "\"type\":\"speech.audio.done\",\"usage\"");
    assertThat(post("/v1/images/generations", images).body().split("image_generation.completed\n"))
        .hasSize(3);
    assertThat(post("/v1/audio/transcriptions", form.formatted("m")).body())
        .contains("event: transcript.text.delta\n", "\"text\":\"mock: heard\"");
    String failed = post("/v1/audio/transcriptions", form.formatted("mock-error-after-0")).body();
    assertThat(failed).contains("event: error\n").doesNotContain("transcript.text.done");
  }

  @Test
  void a_stream_keeps_to_the_profile_that_all_clients_take() throws Exception {
    String body =
        CHAT.replace(
            "{\"model\"", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\"");

    HttpResponse<String> answer = post("/v1/chat/completions", body);

    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(answer.headers().firstValue("x-mock-behaviour")).hasValue("ok");
    String[] events = answer.body().split("\n\n");
    assertThat(events).hasSize(7).allMatch(event -> event.startsWith("data: "));
    assertThat(events[0]).contains("\"role\":\"assistant\"", "\"usage\":null");
    assertThat(events[4]).contains("\"finish_reason\":\"stop\"");
    assertThat(events[5]).contains("\"choices\":[]", "\"total_tokens\":5");
    assertThat(events[6]).isEqualTo("data: [DONE]");
  }

  @Test
  void what_is_no_request_of_the_api_is_refused_as_the_api_would() throws Exception {
    assertThat(post("/v1/chat/completions", "{\"model\":\"m\"}").statusCode()).isEqualTo(400);
    assertThat(post("/v1/chat/completions", "{").body()).contains("\"error\"", "\"message\"");
    assertThat(get("/v1/chat/completions").statusCode()).isEqualTo(405);
    assertThat(get("/v2/anything").body())
        .contains("/v2/anything", "expected: /v1/chat/completions");
  }

  @Test
  void the_list_of_models_shows_what_can_be_asked_for_and_fails_as_health_says() throws Exception {
    mock.script("flaky", "ok, hang");

    JsonArray models = new JsonObject(get("/v1/models").body()).getJsonArray("data");
    assertThat(models.getJsonObject(0).getString("id")).isEqualTo("flaky");
    assertThat(models.encode()).contains("mock-status-503");
    assertThat(get("/v1/models/gpt-4o").body()).contains("\"id\":\"gpt-4o\"");
    post("/__mock/script", "{\"health\":\"status-503\"}");
    assertThat(get("/v1/models").statusCode()).isEqualTo(503);
    assertThat(post("/v1/chat/completions", CHAT).statusCode()).isEqualTo(200);
  }

  @Test
  void a_running_mock_takes_a_plan_a_script_and_orders_for_the_next_requests() throws Exception {
    assertThat(post("/__mock/script", "status-500, ok").body())
        .contains("\"script\" : \"status-500, ok\"");
    assertThat(statuses(2)).containsExactly(500, 200);

    post("/__mock/script", "{\"next\":\"status-429 x2, status-400\"}");
    assertThat(statuses(4)).containsExactly(429, 429, 400, 200);

    post(
        "/__mock/script",
        "{\"models\":{\"gpt-4o\":[\"text-$HOME\",\"status-418\"]},\"rate_limit\":{\"requests\":2}}");
    assertThat(post("/v1/chat/completions", CHAT).body()).contains("\"$HOME\"");
    assertThat(statuses(2)).containsExactly(418, 429);

    assertThat(post("/__mock/script", "{\"rate_limit\":{\"requests\":2,\"per\":\"1m\"}}").body())
        .contains("\"requests\" : 2", "\"per\" : \"60s\"");
    assertThat(send("DELETE", "/__mock/script", "").body()).contains("\"script\" : \"ok\"");
    assertThat(statuses(1)).containsExactly(200);
  }

  @Test
  void orders_that_make_no_sense_change_nothing_and_say_what_would() throws Exception {
    HttpResponse<String> plan = post("/__mock/script", "statsu-500");
    HttpResponse<String> script =
        post("/__mock/script", "{\"script\":\"hang-5\",\"sede\":1,\"rate_limit\":{}}");

    assertThat(plan.statusCode()).isEqualTo(400);
    assertThat(plan.body()).contains("script: \\\"statsu-500\\\" (expected: ok | status-N");
    assertThat(script.body())
        .contains("script: \\\"hang-5\\\" (expected: hang)")
        .contains("unknown field \\\"sede\\\"", "did you mean \\\"seed\\\"?")
        .contains("rate_limit.requests: missing");
    assertThat(post("/__mock/script", "{").statusCode()).isEqualTo(400);
    assertThat(get("/__mock/scripts").body())
        .contains("expected: GET, POST or DELETE /__mock/script");
    assertThat(get("/__mock/script").body()).contains("\"script\" : \"ok\"");
  }

  @Test
  void requests_are_shown_with_their_times_and_without_credentials() throws Exception {
    client.send(
        request("/v1/chat/completions?x=1")
            .header("Authorization", "Bearer sk-secret-1234")
            .POST(BodyPublishers.ofString(CHAT.replace("gpt-4o", "mock-status-503")))
            .build(),
        BodyHandlers.ofString());

    JsonObject seen = new JsonObject(get("/__mock/requests").body());

    JsonObject one = seen.getJsonArray("requests").getJsonObject(0);
    assertThat(seen.getInteger("count")).isEqualTo(1);
    assertThat(one.getString("path")).isEqualTo("/v1/chat/completions?x=1");
    assertThat(one.getString("model")).isEqualTo("mock-status-503");
    assertThat(one.getString("behaviour")).isEqualTo("status-503");
    assertThat(one.getString("body")).contains("Hi there");
    assertThat(one.getString("state")).isEqualTo("answered");
    assertThat(one.getInstant("first_byte_at"))
        .isBetween(one.getInstant("received_at"), one.getInstant("ended_at"));
    assertThat(seen.encode()).contains("Bearer ****").doesNotContain("sk-secret");
    assertThat(new JsonObject(send("DELETE", "/__mock/requests", "").body()).getInteger("count"))
        .isZero();
  }

  @Test
  void a_caller_that_hangs_up_is_seen() throws Exception {
    try (Socket socket = socket(head("", CHAT.replace("gpt-4o", "mock-hang").length()))) {
      socket.getOutputStream().write(CHAT.replace("gpt-4o", "mock-hang").getBytes(UTF_8));
      await().until(() -> mock.requests().size() == 1);
      assertThat(mock.requests().get(0).state()).isEqualTo(MockRequest.State.ANSWERING);
    }

    await().until(() -> mock.requests().get(0).abandoned());
    assertThat(get("/__mock/requests").body())
        .contains("\"state\" : \"abandoned\"")
        .doesNotContain("\"hung_up_at\" : null");
  }

  @Test
  void bodies_may_come_in_chunks_and_after_a_word_and_torn_anywhere() throws Exception {
    String chunked =
        head("Transfer-Encoding: chunked\r\n", -1)
            + Integer.toHexString(10)
            + "\r\n"
            + CHAT.substring(0, 10)
            + "\r\n"
            + Integer.toHexString(CHAT.length() - 10)
            + ";x=y\r\n"
            + CHAT.substring(10)
            + "\r\n0\r\n\r\n";
    String second = head("Connection: close\r\n", CHAT.length()) + CHAT;
    try (Socket socket = socket("")) {
      for (byte one : (chunked + second).getBytes(UTF_8)) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }

      String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answers.split("HTTP/1.1 200 Mock")).hasSize(3);
    }
    try (Socket socket = socket(head("Expect: 100-continue\r\n", CHAT.length()))) {
      byte[] word = socket.getInputStream().readNBytes(25);
      assertThat(new String(word, UTF_8)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.getOutputStream().write(CHAT.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
          .isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void what_is_no_http_is_refused_and_the_connection_closed() throws Exception {
    for (String nonsense :
        new String[] {
          "SSH-2.0-OpenSSH\r\n\r\n",
          "POST / HTTP/1.1\r\ncontent-length: lots\r\n\r\n",
          "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
          "GET / HTTP/1.1\r\n" + "x: " + "x".repeat(70_000),
        }) {
      try (Socket socket = socket(nonsense)) {
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
            .startsWith("HTTP/1.1 400 Mock");
      }
    }
  }

  @Test
  void a_function_that_throws_is_a_500_and_not_a_silence() throws Exception {
    mock.answer(
        call -> {
          throw new IllegalStateException("not today");
        });

    HttpResponse<String> answer = post("/v1/chat/completions", CHAT);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("not today");
  }

  private int[] statuses(int count) throws Exception {
    int[] statuses = new int[count];
    for (int i = 0; i < count; i++) {
      statuses[i] = post("/v1/chat/completions", CHAT).statusCode();
    }
    return statuses;
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static String head(String extra, int length) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n"
        + extra
        + (length < 0 ? "" : "Content-Length: " + length + "\r\n")
        + "\r\n";
  }

  private Socket socket(String sent) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.getOutputStream().write(sent.getBytes(UTF_8));
    return socket;
  }
}
