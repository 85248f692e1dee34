package dev.infermux.mist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  @Test
  void a_written_envelope_reads_back_with_the_same_header_and_payload() {
    InferRequest request =
        new InferRequest(
            "auto",
            "",
            List.of(ChatMessage.of("user", "1 < 2 & \"so\"\n\u2028 \uD83D\uDE00")),
            Map.of("temperature", 0.25, "seed", Long.MAX_VALUE),
            Map.of("caller", "tests"));
    Envelope sent = Envelope.of(MistSource.INFERMUX, MistType.INFER_REQUEST, request);

    Envelope read = EnvelopeReader.read(EnvelopeWriter.write(sent));

    assertThat(read.header()).isEqualTo(sent.header());
    assertThat(read.checksum()).isEqualTo(sent.checksum()).isNotZero();
    assertThat(read.payload().json()).isEqualTo(request.json());
    InferRequest back = read.payloadAs(InferRequest.class);
    assertThat(back.messages()).isEqualTo(request.messages());
    assertThat(back.json()).isEqualTo(request.json());
  }

  @Test
  void a_payload_that_already_has_the_type_is_handed_out_as_it_is() {
    HealthPing ping = new HealthPing("tests");

    Envelope envelope = Envelope.of("tests", MistType.HEALTH_PING, ping);

    assertThat(envelope.payloadAs(HealthPing.class)).isSameAs(ping);
    assertThat(envelope.payload()).isSameAs(ping);
  }

  @Test
  void a_foreign_payload_is_asked_for_json_only_when_somebody_needs_it() {
    Payload untouchable =
        () -> {
          throw new AssertionError("asked for JSON");
        };

    Envelope envelope = Envelope.of("tests", "own.type", untouchable).withId("other");

    assertThat(envelope.payload()).isSameAs(untouchable);
    assertThat(envelope.id()).isEqualTo("other");
  }

  @Test
  void raw_payload_of_any_envelope_is_its_json() {
    Envelope envelope = Envelope.of("tests", MistType.HEALTH_PING, new HealthPing("a"));

    RawPayload raw = envelope.payloadAs(RawPayload.class);

    assertThat(new String(raw.json(), StandardCharsets.UTF_8)).isEqualTo("{\"from\":\"a\"}");
  }
}
