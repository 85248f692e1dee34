package dev.infermux.inbound.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusApiTest {

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
  void request_is_answered_with_a_response() {
    Envelope reply = ask(MistType.INFER_REQUEST, Texts.chat("echo-v1", "Hi there"));

    assertThat(reply.type()).isEqualTo(MistType.INFER_RESPONSE);
    assertThat(reply.source()).isEqualTo("infermux");
    InferResponse response = reply.payloadAs(InferResponse.class);
    assertThat(response.content()).isEqualTo("echo: Hi there");
    assertThat(response.provider()).isEqualTo("echo");
    assertThat(response.costUsd()).isEqualTo(0.00005);
  }

  @Test
  void failure_carries_code_message_and_status() {
    gateway.upstream().next(MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}"));

    ReplyException unknown = refused(MistType.INFER_REQUEST, Texts.chat("nope", "Hi"));
    ReplyException broken = refused(MistType.INFER_REQUEST, Texts.chat(Gateway.MODEL, "Hi"));
    ReplyException malformed = refused(MistType.INFER_REQUEST, "{\"messages\":7}");
    ReplyException foreign = refused("eval.run", "{}");

    assertThat(unknown.failureCode()).isEqualTo(404);
    assertThat(unknown).hasMessageContaining("\"nope\"");
    assertThat(broken.failureCode()).isEqualTo(502);
    assertThat(broken).hasMessageContaining("boom");
    assertThat(malformed.failureCode()).isEqualTo(400);
    assertThat(foreign.failureCode()).isEqualTo(400);
    assertThat(foreign).hasMessageContaining("eval.run").hasMessageContaining("infer.request");
  }

  @Test
  void call_is_published_like_any_other() {
    BusEvents events = new BusEvents(gateway.vertx());
    String tagged = "{\"meta\":{\"caller\":\"job\"}," + Texts.chat("echo-v1", "Hi").substring(1);

    ask(MistType.INFER_REQUEST, tagged);

    // Those of calls before may still be on their way.
    assertThat(events.inferenceOf("job").getString("ingress")).isEqualTo("bus");
  }

  private static ReplyException refused(String type, String payload) {
    ReplyException failure = catchThrowableOfType(ReplyException.class, () -> ask(type, payload));
    assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    return failure;
  }

  private static Envelope ask(String type, String payload) {
    byte[] json = payload.getBytes(StandardCharsets.UTF_8);
    return gateway
        .vertx()
        .eventBus()
        .<Envelope>request(BusAddresses.INFER, Envelope.of("test", type, new RawPayload(json)))
        .await()
        .body();
  }
}
