package dev.infermux.mist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.mist.json.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code mist/} are messages as Go's encoding/json writes them. */
class GoldenFilesTest {

  private static final long MADE_AT = 1763726400123456789L;
  private static final String ID = "f1e2d3c4b5a69788796a5b4c3d2e1f";

  /** A file, and the message that it must hold. */
  record Golden(String source, String type, String id, Payload payload) {

    @Override
    public String toString() {
      return type;
    }

    Envelope envelope() {
      return Envelope.of(new Envelope.Header("1", id, source, type, MADE_AT), payload);
    }

    byte[] file() throws IOException {
      return GoldenFilesTest.file(type + ".json");
    }
  }

  static List<Golden> files() {
    return List.of(
        golden("matchspec", "infer.request", '0', request()),
        golden(
            "infermux",
            "infer.response",
            '1',
            new InferResponse(
                "claude-sonnet", "anthropic", "x > y && z", 1234567, 42, 0.00000375, 812, "stop")),
        golden("infermux", "trace.span", '2', span()),
        golden(
            "tokentrace",
            "trace.alert",
            '3',
            new TraceAlert("critical", "cost_hourly", 12.5, 10, "cost_hourly 12.50 > 10.00")),
        golden(
            "matchspec",
            "eval.run",
            '4',
            new EvalRun(
                "support",
                List.of("refund", "greeting"),
                true,
                "http://localhost:8600/mist",
                Map.of("branch", "main"))),
        golden(
            "matchspec",
            "eval.result",
            '5',
            new EvalResult("support", "refund", false, 0.1, 0.3, -0.2, 5021, "timeout after 5s")),
        golden(
            "schemaflux",
            "data.entities",
            '6',
            new DataEntities(1200, "jsonl", "/data/out.jsonl", "ticket", "")),
        golden(
            "schemaflux",
            "data.schema",
            '7',
            new DataSchema(
                "ticket",
                List.of(
                    new DataSchema.Field("id", "string", true),
                    new DataSchema.Field("note", "string", false)))),
        golden("matchspec", "health.ping", '8', new HealthPing("matchspec")),
        golden("infermux", "health.pong", '9', new HealthPong("infermux", "0.1.0", 86400)),
        golden("infermux", "infer.chunk", 'a', chunk()),
        golden(
            "infermux",
            "infer.error",
            'b',
            InferError.of(MistErrorCode.RATE_LIMIT, "every provider is at its ceiling")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_message_built_here_has_the_bytes_of_the_file(Golden golden) throws IOException {
    assertThat(new String(EnvelopeWriter.write(golden.envelope()), UTF_8) + "\n")
        .isEqualTo(new String(golden.file(), UTF_8));
  }

  @ParameterizedTest
  @MethodSource("files")
  void the_file_reads_as_the_message_built_here(Golden golden) throws IOException {
    Envelope read = EnvelopeReader.read(golden.file());

    assertThat(read.header()).isEqualTo(golden.envelope().header());
    assertThat(read.checksum()).isEqualTo(golden.envelope().checksum());
    Payload decoded = read.payloadAs(golden.payload().getClass());
    assertThat(decoded.json()).isEqualTo(golden.payload().json());
  }

  @ParameterizedTest
  @MethodSource("files")
  void the_file_survives_reading_and_writing_byte_for_byte(Golden golden) throws IOException {
    Envelope read = EnvelopeReader.read(golden.file());

    assertThat(new String(EnvelopeWriter.write(read), UTF_8) + "\n")
        .isEqualTo(new String(golden.file(), UTF_8));
  }

  @Test
  void a_message_of_another_shape_keeps_its_payload_as_it_was_written() throws IOException {
    byte[] file = file("foreign.json");
    String text = new String(file, UTF_8);
    String payload = text.substring(text.indexOf("{\"model\""), text.indexOf(",\n  \"version\""));

    Envelope read = EnvelopeReader.read(file);
    Envelope relayed = EnvelopeReader.read(EnvelopeWriter.write(read));

    assertThat(new String(read.payload().json(), UTF_8)).isEqualTo(payload);
    assertThat(new String(relayed.payload().json(), UTF_8)).isEqualTo(payload);
    assertThat(read.checksum()).isZero();
    assertThat(read.timestampNanos()).isZero();
    assertThat(read.id()).isEqualTo("not hex but ours to keep");
  }

  @Test
  void a_message_of_another_shape_decodes_with_exact_numbers_and_raw_content() throws IOException {
    InferRequest request = EnvelopeReader.read(file("foreign.json")).payloadAs(InferRequest.class);

    assertThat(request.model()).isEqualTo("café");
    assertThat(request.messages())
        .containsExactly(
            new ChatMessage(
                "user",
                new MessageContent.Structured(
                    RawJson.of("[ {\"type\": \"text\", \"text\": \"<hi> \\ud83d\\ude00\" } ]"))));
    assertThat(request.params().get("big")).isEqualTo(BigInteger.TWO.pow(64));
    assertThat(request.params()).containsEntry("none", null);
    assertThat(new String(request.json(), UTF_8))
        .contains("\"exact\":0.1234567890123456789,\"e\":1e2,\"one\":1.0,\"none\":null");
  }

  private static Golden golden(String source, String type, char first, Payload payload) {
    String id = first + ID + first;
    return new Golden(source, type, id, payload);
  }

  private static InferRequest request() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("max_tokens", 16);
    params.put("seed", Long.MAX_VALUE);
    params.put("stop", List.of("\n", "END"));
    params.put("temperature", 0.1);
    Map<String, String> meta = new LinkedHashMap<>();
    meta.put("caller", "evals");
    meta.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    return new InferRequest(
        "auto",
        "",
        List.of(
            ChatMessage.of("system", "Answer in <b>one</b> word & no more.\u2028"),
            ChatMessage.of("user", "Größe of 😀 \"x\"\n\t\\?")),
        params,
        meta);
  }

  private static TraceSpan span() {
    Map<String, Object> attrs = new LinkedHashMap<>();
    attrs.put("cost_usd", 0.000375);
    attrs.put("provider", "openai");
    attrs.put("tokens_in", 12);
    attrs.put("tokens_out", 34L);
    return new TraceSpan(
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00f067aa0ba902b7",
        "",
        "infermux.infer",
        1763726400000000001L,
        1763726400812000002L,
        TraceSpan.OK,
        attrs);
  }

  private static InferChunk chunk() {
    return new InferChunk(
        '0' + ID + '0',
        7,
        "!",
        new InferChunk.End("gpt-4o-mini", "openai", 9, 8, 0.00000615, 403, "stop"));
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/mist/" + name)) {
      return in.readAllBytes();
    }
  }
}
