package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a provider sends without a word for the caller is told as a sign of life. */
@ExtendWith(VertxExtension.class)
class SignsOfLifeTest {

  private static final String COMMENT = ": keep-alive\n\n";

  @Test
  void comments_are_told_before_the_first_content_and_within_the_answer(Vertx vertx) {
    CompletableFuture<Void> speak = new CompletableFuture<>();
    AtomicInteger alive = new AtomicInteger();
    try (MockUpstream mock = MockUpstream.start(vertx);
        ProviderRig rig = rig(vertx, mock)) {
      mock.next(
          MockAnswer.sse(List.of(Buffer.buffer(COMMENT), Buffer.buffer("data: " + ROLE + "\n\n")))
              .thenAfter(speak, HELLO, STOP, "[DONE]"));
      CompletableFuture<Answer> answer = rig.start(counting(alive).attempt());

      await().until(() -> alive.get() >= 2);

      assertThat(answer).isNotDone();
      speak.complete(null);
      StreamProbe probe = new StreamProbe(ProviderRig.wait(answer).events(), rig.loop());
      assertThat(probe.toEnd().failure()).isNull();
    }
  }

  @Test
  void content_is_no_mere_sign_of_life(Vertx vertx) {
    AtomicInteger alive = new AtomicInteger();
    try (MockUpstream mock = MockUpstream.start(vertx);
        ProviderRig rig = rig(vertx, mock)) {
      mock.next(
          MockAnswer.sse(List.of(Buffer.buffer("data: " + HELLO + "\n\n"), Buffer.buffer(COMMENT)))
              .thenAfter(CompletableFuture.completedFuture(null), STOP, "[DONE]"));

      StreamProbe probe = rig.streamed(counting(alive));
      assertThat(alive).hasValue(0);
      assertThat(probe.toEnd().failure()).isNull();

      // Packets may be joined on their way; what was told is the comment's at most.
      assertThat(alive.get()).isLessThanOrEqualTo(1);
      assertThat(probe.text()).doesNotContain("keep-alive");
    }
  }

  private static ProviderRig rig(Vertx vertx, MockUpstream mock) {
    return new ProviderRig(
        vertx,
        here ->
            new OpenAiProvider(
                here,
                VertxTimers.time(here),
                ProviderOptions.of("up", ProviderType.OPENAI).withBaseUrl(mock.baseUrl())));
  }

  private static TestCall counting(AtomicInteger alive) {
    return TestCall.stream()
        .progress(
            new AttemptProgress() {
              @Override
              public void promptCounted(long tokens) {}

              @Override
              public void alive() {
                alive.incrementAndGet();
              }
            });
  }
}
