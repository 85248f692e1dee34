package dev.infermux.inbound.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class MistApiTest {

  private static final String REQUEST =
      "{\"model\":\"echo-v1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]}";

  private static Gateway gateway;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void bare_request_is_answered_bare() {
    WireAnswer answer = gateway.post("/infer", REQUEST);

    assertThat(answer.status()).isEqualTo(200);
    JsonObject response = answer.json();
    assertThat(response.getString("model")).isEqualTo("echo-v1");
    assertThat(response.getString("provider")).isEqualTo("echo");
    assertThat(response.getString("content")).isEqualTo("echo: Hi there");
    assertThat(response.getLong("tokens_in")).isEqualTo(2);
    assertThat(response.getLong("tokens_out")).isEqualTo(3);
    assertThat(response.getDouble("cost_usd")).isEqualTo(0.00005);
    assertThat(response.getString("finish_reason")).isEqualTo("stop");
    assertThat(response.getValue("latency_ms")).isInstanceOf(Integer.class);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Provider", "echo")
        .containsEntry("X-Infermux-Cost", "0.00005");
  }

  @Test
  void parameters_reach_the_provider_with_their_digits() {
    String request =
        "{\"model\":\"gpt-4o\",\"params\":{\"temperature\":0.10,\"seed\":9007199254740993},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = gateway.post("/infer", request);

    assertThat(answer.json().getString("content")).isEqualTo("Hello there");
    assertThat(gateway.upstream().lastRequest().body())
        .contains("\"temperature\":0.10")
        .contains("\"seed\":9007199254740993")
        .contains("\"stream\":false");
  }

  @Test
  void bare_request_streams_chunks_to_who_accepts_events() {
    List<String> events = gateway.post("/infer", REQUEST, "Accept: text/event-stream").events();

    assertThat(events).endsWith("[DONE]");
    List<JsonObject> chunks =
        events.subList(0, events.size() - 1).stream().map(JsonObject::new).toList();
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).getInteger("seq")).isEqualTo(i);
      content.append(chunks.get(i).getString("delta"));
    }
    assertThat(content.toString()).isEqualTo("echo: Hi there");
    JsonObject last = chunks.get(chunks.size() - 1);
    assertThat(last.getLong("tokens_in")).isEqualTo(2);
    assertThat(last.getLong("tokens_out")).isEqualTo(3);
    assertThat(last.getDouble("cost_usd")).isEqualTo(0.00005);
  }

  @Test
  void refusal_is_what_there_is_to_read() {
    String refused =
        Texts.CHAT_ANSWER.replace(
            "\"Hello there\",\"refusal\":null", "null,\"refusal\":\"No way\"");
    String request = REQUEST.replace("echo-v1", "gpt-4o");
    gateway
        .upstream()
        .next(MockAnswer.json(refused))
        .next(
            MockAnswer.events(
                Texts.role(),
                Texts.delta("No ").replace("\"content\"", "\"refusal\""),
                Texts.delta("way").replace("\"content\"", "\"refusal\""),
                Texts.finish(),
                "[DONE]"));

    WireAnswer whole = gateway.post("/infer", request);
    WireAnswer stream = gateway.post("/infer", request, "Accept: text/event-stream");

    assertThat(whole.json().getString("content")).isEqualTo("No way");
    assertThat(content(stream)).isEqualTo("No way");
  }

  @Test
  void stream_of_several_choices_shows_the_first_alone() {
    String second = Texts.delta("two").replace("\"index\":0", "\"index\":1");
    String end = Texts.finish().replace("\"index\":0", "\"index\":1");
    gateway
        .upstream()
        .next(
            MockAnswer.events(
                Texts.role(), second, Texts.delta("one"), Texts.finish(), end, "[DONE]"));

    WireAnswer stream =
        gateway.post(
            "/infer",
            "{\"params\":{\"n\":2}," + REQUEST.replace("echo-v1", "gpt-4o").substring(1),
            "Accept: text/event-stream");

    assertThat(content(stream)).isEqualTo("one");
  }

  private static String content(WireAnswer stream) {
    return stream.events().stream()
        .filter(event -> event.startsWith("{"))
        .map(event -> new JsonObject(event).getString("delta"))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"model\":\"x\"",
        "\"mod\\u0065l\":\"x\"",
        "\"messages\":[]",
        "\"provider\":\"echo\",\"provider\":\"echo\"",
        "\"params\":{},\"params\":null",
        "\"meta\":{},\"meta\":{}",
        "\"meta\":{\"caller\":\"a\",\"caller\":\"b\"}"
      })
  void field_that_stands_twice_is_refused(String fields) {
    String request = "{" + fields + "," + REQUEST.substring(1);

    for (String path : List.of("/infer", "/mist")) {
      WireAnswer answer = asked(path, request);

      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.error().getString("message")).endsWith(": given twice (expected: once)");
      assertThat(answer.error().getString("param")).isNotEmpty();
    }
  }

  @Test
  void pin_to_a_provider_that_is_not_there_is_named() {
    WireAnswer answer = gateway.post("/infer", "{\"provider\":\"ecco\"," + REQUEST.substring(1));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error().getString("message"))
        .isEqualTo("provider: \"ecco\" is not configured; GET /providers lists all");
  }

  @Test
  void model_may_be_left_to_the_router() {
    for (String model : List.of("", "\"model\":\"\",", "\"model\":\"auto\",")) {
      String request =
          "{"
              + model
              + "\"provider\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

      WireAnswer answer = gateway.post("/infer", request);

      assertThat(answer.json().getString("model")).as(answer.body()).isEqualTo("echo-v1");
    }
  }

  @Test
  void envelope_is_answered_with_an_envelope() {
    CRC32 crc = new CRC32();
    crc.update(REQUEST.getBytes(UTF_8));

    WireAnswer answer =
        gateway.post(
            "/mist", envelope("infer.request", REQUEST, ",\"checksum\":" + crc.getValue()));

    JsonObject envelope = answer.json();
    assertThat(envelope.getString("type")).isEqualTo("infer.response");
    assertThat(envelope.getString("source")).isEqualTo("infermux");
    assertThat(envelope.getString("version")).isEqualTo("1");
    assertThat(envelope.getString("id")).matches("[0-9a-f]{32}");
    assertThat(envelope.getLong("timestamp_ns")).isPositive();
    assertThat(envelope.getJsonObject("payload").getString("content")).isEqualTo("echo: Hi there");
    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "echo");
  }

  @Test
  void ping_gets_its_pong() {
    WireAnswer answer =
        gateway.post("/mist", envelope("health.ping", "{\"from\":\"matchspec\"}", ""));

    assertThat(answer.json().getString("type")).isEqualTo("health.pong");
    JsonObject pong = answer.json().getJsonObject("payload");
    assertThat(pong.getString("from")).isEqualTo("infermux");
    assertThat(pong.getString("version")).isNotEmpty();
    assertThat(pong.getLong("uptime_s")).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({"trace.span", "eval.run", "infer.response", "nonsense"})
  void other_types_are_refused_naming_the_accepted(String type) {
    WireAnswer answer = gateway.post("/mist", envelope(type, "{}", ""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().getString("message"))
        .contains(type)
        .contains("infer.request")
        .contains("health.ping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":\"1\" | \"version\":\"\" | version",
        "\"version\":\"1\" | \"version\":\"one\" | version",
        "\"version\":\"1\" | \"version\":\"0\" | version",
        "\"version\":\"1\" | \"version\":\"2\" | version",
        "\"id\":\"7\" | \"id\":7 | id",
        "\"source\":\"test\" | \"source\":\"\" | source",
        "\"type\":\"infer.request\" | \"type\":\"\" | type",
        "\"timestamp_ns\":1 | \"timestamp_ns\":1,\"checksum\":7 | checksum"
      })
  void envelope_faults_are_named(String sound, String broken, String named) {
    String envelope = envelope("infer.request", REQUEST, "").replace(sound, broken);

    WireAnswer answer = gateway.post("/mist", envelope);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("X-Infermux-Error")).isEqualTo("invalid_request");
    assertThat(answer.error().getString("message")).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"id\":\"\",", "\"id\":null,", ""})
  void envelope_without_an_id_is_given_one(String id) {
    String envelope = envelope("infer.request", REQUEST, "").replace("\"id\":\"7\",", id);

    WireAnswer answer = gateway.post("/mist", envelope);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/infer", "/mist"})
  void messages_that_are_null_are_none(String path) {
    WireAnswer none = asked(path, REQUEST.replaceFirst("\\[.*]", "null"));
    WireAnswer empty = asked(path, REQUEST.replaceFirst("\\[.*]", "[]"));

    assertThat(none.status()).isEqualTo(400);
    assertThat(none.error()).isEqualTo(empty.error());
    assertThat(none.error().getString("param")).isEqualTo("messages");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"caller\":7} | meta.caller: number (expected: a string)",
        "{\"caller\":\"a\",\"project\":[]} | meta.project: array (expected: a string)",
        "{\"retries\":true} | meta.retries: boolean (expected: a string)",
        "{\"x\":{}} | meta.x: object (expected: a string)",
        "7 | meta: number (expected: an object of strings)"
      })
  void fault_in_meta_names_its_field(String meta, String message) {
    String request = "{\"meta\":" + meta + "," + REQUEST.substring(1);

    for (String path : List.of("/infer", "/mist")) {
      WireAnswer answer = asked(path, request);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error().getString("message")).isEqualTo(message);
      assertThat(answer.error().getString("param")).isEqualTo(message.split(":")[0]);
    }
  }

  @Test
  void tag_of_meta_that_is_null_is_none() {
    String request = "{\"meta\":{\"caller\":null}," + REQUEST.substring(1);

    assertThat(asked("/infer", request).status()).isEqualTo(200);
  }

  private static WireAnswer asked(String path, String request) {
    return gateway.post(
        path, path.equals("/mist") ? envelope("infer.request", request, "") : request);
  }

  @Test
  void envelope_over_ten_mebibytes_is_refused_by_its_declared_length() {
    try (Wire wire = gateway.connect()) {
      WireAnswer answer =
          wire.send("POST /mist HTTP/1.1\r\nHost: t\r\nContent-Length: 10485761\r\n\r\n{").read();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.error().getString("code")).isEqualTo("request_too_large");
    }
  }

  @Test
  void failures_of_providers_have_their_status_here_too() {
    gateway.upstream().next(MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}"));
    String request = REQUEST.replace("echo-v1", "gpt-4o");

    WireAnswer answer = gateway.post("/mist", envelope("infer.request", request, ""));

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.error().getString("code")).isEqualTo("upstream_error");
  }

  private static String envelope(String type, String payload, String more) {
    return "{\"version\":\"1\",\"id\":\"7\",\"source\":\"test\",\"type\":\""
        + type
        + "\",\"timestamp_ns\":1,\"payload\":"
        + payload
        + more
        + "}";
  }
}
