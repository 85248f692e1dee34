package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.provider.ProviderContext;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large an answer may be, and how long it may take, and what is told beyond. */
@ExtendWith(VertxExtension.class)
class AnswerLimitsTest {

  private static final int MOST = 300_000;
  private static final Duration SHORT = Duration.ofMillis(150);

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 70_000, 200_000, MOST - 500})
  void an_answer_up_to_the_limit_comes_whole_however_it_comes(int content, Vertx vertx) {
    String json = answer(content);
    try (WireRig wire = limited(vertx)) {
      wire.mock()
          .next(
              MockAnswer.json(json),
              MockAnswer.pieces(json, 1_000),
              MockAnswer.pieces(json, 77_777));

      for (int i = 0; i < 3; i++) {
        assertThat(wire.whole()).isEqualTo(json);
      }
    }
  }

  @Test
  void a_larger_answer_is_paid_for_and_of_no_use(Vertx vertx) {
    String json = answer(MOST + 1);
    try (WireRig wire = limited(vertx)) {
      wire.mock()
          .next(
              MockAnswer.json(json),
              MockAnswer.pieces(json, 10_000),
              MockAnswer.json(json).gzipped());

      for (int i = 0; i < 3; i++) {
        Failure failure = wire.failure(TestCall.chat());
        assertThat(failure.kind()).isEqualTo(FailureClass.MALFORMED);
        assertThat(failure.message())
            .contains("an answer of more than 300000 bytes (limits.max_answer_bytes)");
      }
      assertThat(wire.mock().requests()).hasSize(3);
    }
  }

  @Test
  void a_limit_of_time_is_named_with_its_key(Vertx vertx) {
    try (WireRig wire =
        new WireRig(
            vertx,
            options ->
                options
                    .withTimeout(SHORT)
                    .withFirstTokenTimeout(SHORT.plusMillis(10))
                    .withStreamIdleTimeout(SHORT.plusMillis(20))
                    .withContext(new ProviderContext("providers[3]", MOST)))) {
      wire.mock()
          .next(
              MockAnswer.silence(),
              MockAnswer.sse(List.of(Buffer.buffer(": thinking\n\n"))).thenSilence(),
              MockAnswer.events(HELLO).thenSilence());

      assertThat(wire.failure(TestCall.chat()).message())
          .endsWith("no answer within 150ms (providers[3].timeout: 150ms)");
      assertThat(wire.failure(TestCall.stream()).message())
          .endsWith("no first token within 160ms (providers[3].first_token_timeout: 160ms)");
      Failure cut = wire.rig().streamed(TestCall.stream()).toEnd().failure();
      assertThat(cut).isNotNull();
      assertThat(cut.message()).contains("(providers[3].stream_idle_timeout: 170ms)");
    }
  }

  private static WireRig limited(Vertx vertx) {
    ProviderContext context = new ProviderContext("providers[0]", MOST);
    return new WireRig(vertx, options -> options.withContext(context));
  }

  private static String answer(int content) {
    return OpenAiSpeech.WHOLE.replace(
        "Hello, world", "abcdefghij".repeat(content).substring(0, content));
  }
}
