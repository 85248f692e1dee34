package dev.infermux.mist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopePropertyTest {

  private static final ObjectMapper INDEPENDENT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void any_envelope_survives_a_round_trip_byte_for_byte_in_its_payload() {
    Seeds.run(
        5_000,
        random -> {
          Envelope sent = envelope(random);

          Envelope read = EnvelopeReader.read(EnvelopeWriter.write(sent));

          assertThat(read.header()).isEqualTo(sent.header());
          assertThat(new String(read.payload().json(), UTF_8))
              .isEqualTo(new String(sent.payload().json(), UTF_8));
          assertThat(EnvelopeWriter.write(read)).isEqualTo(EnvelopeWriter.write(sent));
        });
  }

  @Test
  void any_envelope_survives_as_one_line_with_the_same_meaning() {
    Seeds.run(
        2_000,
        random -> {
          Envelope sent = envelope(random);

          byte[] line = EnvelopeWriter.writeLine(sent);

          assertThat(new String(line, UTF_8)).endsWith("\n").containsOnlyOnce("\n");
          Envelope read = EnvelopeReader.read(line);
          assertThat(read.header()).isEqualTo(sent.header());
          assertThat(tree(read.payload().json())).isEqualTo(tree(sent.payload().json()));
        });
  }

  @Test
  void any_exact_value_is_written_as_it_was_read() {
    Seeds.run(
        2_000,
        random -> {
          String params = "{\"k\":" + new RandomJson(random).value(4) + "}";
          String json = "{\"messages\":[],\"params\":" + params + "}";
          InferRequest request = decode(json);

          InferRequest again = decode(new String(request.json(), UTF_8));

          assertThat(again.json()).isEqualTo(request.json());
          assertThat(tree(request.json()).path("params")).isEqualTo(expected(params));
        });
  }

  private static JsonNode expected(String params) {
    // Half a surrogate pair cannot be written in UTF-8; it becomes the replacement character.
    String whole = params.replaceAll("\\\\ud83d(?!\\\\ude00)", "\\\\ufffd");
    return tree(whole.getBytes(UTF_8));
  }

  private static Envelope envelope(Random random) {
    RandomJson json = new RandomJson(random);
    long timestamp = random.nextBoolean() ? random.nextLong() : System.nanoTime();
    return Envelope.of(
        new Envelope.Header("1", json.text(), json.text(), json.text(), timestamp),
        new RawPayload(json.value(5).getBytes(UTF_8)));
  }

  private static InferRequest decode(String json) {
    return Envelope.of("tests", MistType.INFER_REQUEST, new RawPayload(json.getBytes(UTF_8)))
        .payloadAs(InferRequest.class);
  }

  private static JsonNode tree(byte[] json) {
    try {
      return INDEPENDENT.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
