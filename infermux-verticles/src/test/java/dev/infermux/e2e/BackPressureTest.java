package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BackPressureTest {

  /** More than all sockets and windows between the two ends hold. */
  private static final long BOUND = 32L << 20;

  @Test
  void caller_that_does_not_read_stalls_the_provider(Vertx vertx) {
    Buffer event = Buffer.buffer("data: " + Texts.delta("x".repeat(4096)) + "\n\n");
    try (Gateway gateway = Gateway.start(vertx);
        Wire wire = Wire.connect(gateway.port(), 16 * 1024)) {
      gateway.upstream().next(MockAnswer.flood("text/event-stream", event, -1));
      wire.request("POST", "/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi"));
      wire.readUntil("xxxx");

      long stalledAt = gateway.upstream().lastRequest().stalledAt();
      wire.readUntil("\n\n");
      for (int i = 0; i < 2_000; i++) {
        wire.readUntil("\n\n");
      }

      assertThat(stalledAt).isLessThan(BOUND);
      MockRequest flood = gateway.upstream().lastRequest();
      await().until(() -> flood.bytesSent() > stalledAt);
    }
  }
}
