package dev.infermux.mist.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.HealthPong;
import dev.infermux.mist.LocalPayload;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.RawPayload;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EnvelopeCodecTest {

  @Test
  void an_envelope_crosses_the_local_bus_by_reference_both_ways(Vertx vertx) throws Exception {
    EnvelopeCodec.register(vertx);
    EnvelopeCodec.register(vertx);
    Payload noJson =
        () -> {
          throw new AssertionError("asked for JSON");
        };
    Envelope pong = Envelope.of("b", MistType.HEALTH_PONG, new HealthPong("b", "1", 2));
    Envelope[] seen = new Envelope[1];
    vertx
        .eventBus()
        .<Envelope>consumer(
            "here",
            message -> {
              seen[0] = message.body();
              message.reply(pong);
            });

    Envelope ping = Envelope.of("a", "own.type", noJson);
    Message<Envelope> reply =
        vertx.eventBus().<Envelope>request("here", ping).await(60, TimeUnit.SECONDS);

    assertThat(seen[0]).isSameAs(ping);
    assertThat(reply.body()).isSameAs(pong);
  }

  @Test
  void an_unregistered_codec_leaves_envelopes_unsendable_until_it_is_registered_again(Vertx vertx) {
    Envelope ping = Envelope.of("a", MistType.HEALTH_PING, new HealthPing("a"));
    EnvelopeCodec.register(vertx);
    EnvelopeCodec.unregister(vertx);
    EnvelopeCodec.unregister(vertx);

    assertThatThrownBy(() -> vertx.eventBus().send("here", ping))
        .isInstanceOf(IllegalArgumentException.class);
    EnvelopeCodec.register(vertx);
    vertx.eventBus().send("here", ping);
  }

  @Test
  void between_nodes_an_envelope_is_mist_json_wherever_it_stands_in_the_frame() {
    EnvelopeCodec codec = new EnvelopeCodec();
    Envelope sent = Envelope.of("a", MistType.HEALTH_PING, new HealthPing("a"));
    Buffer frame = Buffer.buffer("header");
    codec.encodeToWire(frame, sent);
    frame.appendString("trailer");

    Envelope read = codec.decodeFromWire(6, frame);

    assertThat(frame.toString()).contains("\"type\":\"health.ping\"");
    assertThat(read.header()).isEqualTo(sent.header());
    assertThat(read.payload()).isInstanceOf(RawPayload.class);
    assertThat(read.payloadAs(HealthPing.class)).isEqualTo(new HealthPing("a"));
  }

  @Test
  void what_a_peer_sends_is_checked_like_any_other_message() {
    Buffer frame = Buffer.buffer().appendInt(2).appendString("{}");

    assertThatThrownBy(() -> new EnvelopeCodec().decodeFromWire(0, frame))
        .isInstanceOf(MistException.class)
        .hasMessageStartingWith("version: empty");
  }

  @Test
  void what_has_no_json_crosses_the_local_bus_and_no_wire(Vertx vertx) throws Exception {
    EnvelopeCodec.register(vertx);
    vertx.eventBus().<Envelope>consumer("here", message -> message.reply(message.body()));
    Envelope sent = Envelope.of("a", "own.type", new Local(7));

    Message<Envelope> reply =
        vertx.eventBus().<Envelope>request("here", sent).await(60, TimeUnit.SECONDS);

    assertThat(reply.body().payload()).isSameAs(sent.payload());
    assertThatThrownBy(() -> new EnvelopeCodec().encodeToWire(Buffer.buffer(), sent))
        .isInstanceOf(MistException.class)
        .hasMessage(
            "payload: a Local, which stays in its process (expected: a payload that has JSON)");
  }

  private record Local(int number) implements LocalPayload {}
}
