package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.provider.ProviderContext;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class CrowdedStreamTest {

  private static final int LIMIT = 1 << 20;

  @Test
  void stream_that_found_no_room_while_its_caller_paused_waits_for_it_for_a_time(Vertx vertx) {
    BufferedBytes account = new BufferedBytes(LIMIT);
    account.hold(BufferedKind.REQUESTS, LIMIT);
    try (WireRig wire =
        new WireRig(
            vertx,
            options ->
                options
                    .withStreamIdleTimeout(Duration.ofMillis(200))
                    .withContext(new ProviderContext("", LIMIT, account)))) {
      wire.mock().next(MockAnswer.events(HELLO).thenSilence());
      StreamProbe stream = wire.rig().streamed(TestCall.stream());

      Failure failure = stream.toEnd().failure();

      assertThat(failure).isInstanceOf(Failure.Overloaded.class);
      assertThat(account.held(BufferedKind.STREAMS)).isZero();
    }
  }
}
