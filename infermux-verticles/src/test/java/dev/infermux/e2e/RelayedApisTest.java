package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images, audio, moderations and rankings go through as they are. */
@ExtendWith(VertxExtension.class)
class RelayedApisTest {

  private static final String FORM =
      "--b\r\n"
          + "Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\n"
          + "\u0001\u00ff\r\n"
          + "--b\r\n"
          + "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
          + "gpt-4o-mini\r\n"
          + "--b--\r\n";
  private static final String DONE =
      "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\","
          + "\"b64_json\":\"AA==\",\"usage\":{\"input_tokens\":7,\"output_tokens\":9}}\n\n";
  private static final String PARTIAL =
      "event: image_generation.partial_image\n"
          + "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"A\"}\n\n";

  private Pair pair;
  private BusEvents events;

  @BeforeEach
  void open(Vertx vertx) {
    pair =
        Pair.start(
            vertx,
            UnaryOperator.identity(),
            first -> first.withModelAliases(Map.of(Gateway.MODEL, "gpt-image-1")));
    events = new BusEvents(vertx);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/generations, images",
    "/v1/images/edits, images",
    "/v1/images/variations, images",
    "/v1/audio/speech, audio",
    "/v1/audio/transcriptions, audio",
    "/audio/translations, audio",
    "/v1/moderations, moderation",
    "/v1/rerank, rerank",
  })
  void a_request_in_json_reaches_its_place_with_its_model_renamed(String path, String operation) {
    pair.first().always(MockAnswer.json("{\"data\":[],\"usage\":{\"total_tokens\":5}}"));

    WireAnswer answer = pair.gateway().post(path, "{ \"model\" : \"gpt-4o-mini\", \"x\":1.0 }");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"data\":[],\"usage\":{\"total_tokens\":5}}");
    assertThat(answer.header("x-infermux-prompt-tokens")).isEqualTo("5");
    MockRequest sent = pair.first().lastRequest();
    assertThat(sent.target()).isEqualTo(path.startsWith("/v1") ? path : "/v1" + path);
    assertThat(sent.body()).isEqualTo("{ \"model\" : \"gpt-image-1\", \"x\":1.0 }");
    assertThat(events.inferences(1).get(0).encode()).contains(operation);
  }

  @Test
  void a_form_stays_a_form_on_failover_too() {
    pair.first().always(MockAnswer.json(500, "{}"));
    pair.second()
        .always(MockAnswer.body(200, "text/plain; charset=utf-8", Buffer.buffer("Hello\n")));

    WireAnswer answer = postForm("/v1/audio/transcriptions");

    assertThat(answer.body()).isEqualTo("Hello\n");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    MockRequest first = pair.first().lastRequest();
    assertThat(first.headers().get("content-type")).isEqualTo("multipart/form-data; boundary=b");
    assertThat(first.body()).contains("\r\n\r\ngpt-image-1\r\n--b--");
    MockRequest second = pair.second().lastRequest();
    assertThat(second.headers().get("content-length"))
        .isEqualTo(String.valueOf(FORM.getBytes(StandardCharsets.ISO_8859_1).length));
    assertThat(second.body()).contains("\r\n\r\ngpt-4o-mini\r\n--b--");
  }

  @Test
  void sound_comes_back_byte_for_byte() {
    Buffer sound = Buffer.buffer("ID3\u0000\r\n\r\ndata: {\"model\":1}\n");
    pair.first().always(MockAnswer.body(200, "audio/mpeg", sound));

    WireAnswer answer = pair.gateway().post("/v1/audio/speech", body());

    assertThat(answer.header("content-type")).isEqualTo("audio/mpeg");
    assertThat(answer.body()).isEqualTo(sound.toString());
    assertThat(answer.header("x-infermux-provider")).isEqualTo("first");
    assertThat(answer.trailers()).containsKey("X-Infermux-Cost");
  }

  @Test
  void sound_is_passed_on_as_it_comes() {
    pair.first()
        .always(
            MockAnswer.sse(List.of(Buffer.buffer("ID3")))
                .header("content-type", "audio/mpeg")
                .thenSilence());
    try (Wire wire = pair.gateway().connect().request("POST", "/v1/audio/speech", body())) {

      wire.readUntil("ID3");
    }

    await().until(() -> pair.first().lastRequest().abandoned());
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
  }

  @Test
  void sound_that_breaks_off_does_not_look_whole() {
    pair.first()
        .always(
            MockAnswer.sse(List.of(Buffer.buffer("ID3")))
                .header("content-type", "audio/mpeg")
                .thenReset());

    try (Wire wire = pair.gateway().connect().request("POST", "/v1/audio/speech", body())) {
      assertThat(wire.readUntil("ID3")).contains("audio/mpeg");
      assertThatThrownBy(() -> wire.readUntil("\r\n0\r\n")).isInstanceOf(Exception.class);
    }

    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("error");
  }

  @Test
  void a_stream_passes_with_the_names_of_its_events_and_its_usage_counts() {
    pair.first().always(MockAnswer.sse(List.of(Buffer.buffer(PARTIAL), Buffer.buffer(DONE))));

    WireAnswer answer = pair.gateway().post("/v1/images/generations", streaming());

    assertThat(answer.body()).isEqualTo(PARTIAL + DONE);
    assertThat(answer.header("content-type")).startsWith("text/event-stream");
    assertThat(events.costs(1).get(0).encode())
        .contains("\"tokens_in\":7")
        .contains("\"tokens_out\":9");
  }

  @Test
  void a_stream_that_is_cut_ends_with_an_error() {
    pair.first().always(MockAnswer.sse(List.of(Buffer.buffer(PARTIAL))));

    assertThat(pair.gateway().post("/v1/images/generations", streaming()).body())
        .startsWith(PARTIAL)
        .contains("event: error");
  }

  @Test
  void a_server_that_does_not_stream_may_answer_whole() {
    pair.first().always(MockAnswer.json("{\"text\":\"Hi\"}"));

    assertThat(pair.gateway().post("/v1/audio/transcriptions", streaming()).body())
        .isEqualTo("{\"text\":\"Hi\"}");
  }

  @Test
  void an_error_is_told_as_everywhere() {
    pair.first()
        .always(
            MockAnswer.json(
                400,
                "{\"error\":{\"message\":\"no such voice\",\"type\":\"invalid_request_error\","
                    + "\"param\":\"voice\",\"code\":\"invalid_value\"}}"));

    WireAnswer answer = pair.gateway().post("/v1/audio/speech", body());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("message")).isEqualTo("no such voice");
    assertThat(answer.error().getString("param")).isEqualTo("voice");
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void a_body_without_a_model_is_refused() {
    WireAnswer answer = pair.gateway().post("/v1/images/generations", "{\"prompt\":\"x\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("param")).isEqualTo("model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/files", "/v1/files/f-1/content", "/v1/batches", "/files", "/v1//realtime/"})
  void what_a_router_does_not_have_is_404_with_what_to_do(String path) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      try (Wire wire = pair.gateway().connect()) {
        WireAnswer answer = wire.request(method, path, method.equals("POST") ? "{}" : "").read();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error().getString("message")).contains("not served here; ");
      }
    }
  }

  private WireAnswer postForm(String path) {
    try (Wire wire = pair.gateway().connect()) {
      byte[] bytes = FORM.getBytes(StandardCharsets.ISO_8859_1);
      return wire.send(
              "POST "
                  + path
                  + " HTTP/1.1\r\nHost: test\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                  + "Content-Length: "
                  + bytes.length
                  + "\r\n\r\n")
          .send(bytes)
          .read();
    }
  }

  private static String body() {
    return "{\"model\":\"" + Gateway.MODEL + "\",\"input\":\"Hi\"}";
  }

  private static String streaming() {
    return "{\"model\":\"" + Gateway.MODEL + "\",\"stream\":true}";
  }
}
