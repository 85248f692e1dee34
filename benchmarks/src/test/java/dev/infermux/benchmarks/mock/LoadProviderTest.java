package dev.infermux.benchmarks.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.infermux.benchmarks.load.LoadCall;
import dev.infermux.benchmarks.load.LoadGenerator;
import dev.infermux.benchmarks.load.LoadPlan;
import dev.infermux.benchmarks.load.LoadResult;
import dev.infermux.benchmarks.load.Pace;
import dev.infermux.benchmarks.load.WindowProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadProviderTest {
  private static final String JSON = "{\"model\":\"m\",\"messages\":[]}";
  private static final String STREAM =
      "{\"model\":\"m\",\"messages\":[],\"stream\":"
          + " true,\"stream_options\":{\"include_usage\":true}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private LoadProvider mock;

  @BeforeEach
  void start() throws IOException {
    mock = new LoadProvider(0);
    var loop =
        new Thread(
            () -> {
              try {
                mock.serve();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    loop.setDaemon(true);
    loop.start();
  }

  @AfterEach
  void stop() throws IOException {
    mock.close();
  }

  @Test
  void answer_has_the_size_asked_for_and_its_usage() throws Exception {
    send("POST", "/mock/settings?answerBytes=5000", "");

    String answer = send("POST", "/v1/chat/completions", JSON).body();

    assertThat(answer).hasSize(5000);
    assertThat(json(answer).at("/usage/total_tokens").asInt()).isEqualTo(260);
  }

  @Test
  void stream_has_its_events_then_finish_usage_and_terminator() throws Exception {
    send("POST", "/mock/settings?events=3&intervalMillis=1", "");

    var answer = send("POST", "/v1/chat/completions", STREAM);

    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    String[] events = answer.body().split("\n\n");
    assertThat(events).hasSize(6);
    assertThat(content(events[0])).matches("~T\\d{19}").isLessThan(content(events[2]));
    assertThat(json(events[0].substring(6)).at("/choices/0/delta/role").asText())
        .isEqualTo("assistant");
    assertThat(json(events[3].substring(6)).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    assertThat(json(events[4].substring(6)).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    assertThat(events[5]).isEqualTo("data: [DONE]");
  }

  @Test
  void usage_is_left_out_of_a_stream_unless_asked_for() throws Exception {
    send("POST", "/mock/settings?events=1", "");

    String answer = send("POST", "/v1/chat/completions", "{\"stream\":true}").body();

    assertThat(answer).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @Test
  void models_are_listed_for_health_checks() throws Exception {
    assertThat(json(send("GET", "/v1/models", "").body()).at("/data/0/id").asText())
        .isEqualTo("gpt-4o-mini");
  }

  @Test
  void closed_loop_is_answered_without_errors() throws Exception {
    LoadResult result = load(JSON, 0, 4, new Pace.Closed());

    assertThat(result.errors().total()).isZero();
    assertThat(result.requests()).isPositive();
    assertThat(result.latency().count()).isPositive();
  }

  @Test
  void open_loop_sends_what_falls_due_and_no_more() throws Exception {
    LoadResult result = load(JSON, 0, 4, new Pace.Open(100));

    assertThat(result.errors().total()).isZero();
    assertThat(result.latency().count()).isBetween(1, 50);
  }

  @Test
  void streams_are_read_to_their_end_event_by_event() throws Exception {
    send("POST", "/mock/settings?events=5&intervalMillis=1&firstTokenMillis=1", "");

    LoadResult result = load(STREAM, 5, 8, new Pace.Open(50));

    assertThat(result.errors().total()).isZero();
    assertThat(result.firstToken().count()).isPositive();
    assertThat(result.eventDelay().p50()).isPositive();
    assertThat(counts().get("streams_aborted").asInt()).isZero();
  }

  @Test
  void stream_with_other_than_the_expected_events_is_an_error() throws Exception {
    send("POST", "/mock/settings?events=5&intervalMillis=0", "");

    LoadResult result = load(STREAM, 6, 1, new Pace.Closed());

    assertThat(result.errors().streams()).isPositive();
    assertThat(result.requests()).isZero();
  }

  @Test
  void held_streams_are_seen_to_end_when_their_callers_hang_up() throws Exception {
    send("POST", "/mock/settings?events=1000000&intervalMillis=20", "");

    LoadResult result = load(STREAM, 1_000_000, 20, new Pace.Hold(1000));

    assertThat(result.openAtEnd()).isEqualTo(20);
    assertThat(result.events()).isPositive();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(counts().get("streams_aborted").asInt()).isEqualTo(20));
    assertThat(counts().get("streams_open").asInt()).isZero();
  }

  @Test
  void load_on_a_port_where_nobody_listens_fails_with_the_address() throws Exception {
    var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    LoadPlan plan = plan(nowhere, JSON, 0, 1, new Pace.Closed());
    Duration patient = Duration.ofSeconds(60); // it ends early
    LoadPlan whole = new LoadPlan(plan.call(), 1, plan.pace(), plan.lead(), patient);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> LoadGenerator.run(whole, WindowProbe.NONE))
        .withMessageContaining(":" + nowhere.getPort());
  }

  private LoadResult load(String body, int events, int connections, Pace pace) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), mock.port());
    return LoadGenerator.run(plan(address, body, events, connections, pace), WindowProbe.NONE);
  }

  private static LoadPlan plan(
      InetSocketAddress address, String body, int events, int connections, Pace pace) {
    String request =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    var bytes = ByteBuffer.wrap(request.getBytes(US_ASCII));
    return new LoadPlan(
        new LoadCall(address, bytes, events > 0, events),
        connections,
        pace,
        Duration.ofMillis(200),
        Duration.ofMillis(400));
  }

  private JsonNode counts() throws Exception {
    return json(send("GET", "/stats", "").body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mock.port() + path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static String content(String event) throws IOException {
    return json(event.substring(6)).at("/choices/0/delta/content").asText();
  }
}
