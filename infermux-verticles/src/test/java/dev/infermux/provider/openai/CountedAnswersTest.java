package dev.infermux.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.FailureClass;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.provider.ProviderContext;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole answers are in the account of memory once, and never out of it before they are taken. */
@ExtendWith(VertxExtension.class)
class CountedAnswersTest {

  private static final int LIMIT = 8 << 20;
  private static final String LARGE =
      OpenAiSpeech.WHOLE.replace("Hello, world", "x".repeat(1 << 20));

  private final BufferedBytes account = new BufferedBytes(LIMIT);
  private final AtomicLong kept = new AtomicLong();
  private final AnswerBytes caller =
      bytes -> {
        // Whatever is kept is still in the account.
        kept.addAndGet(account.held() >= bytes ? bytes : -1);
        return true;
      };
  private WireRig wire;

  @BeforeEach
  void open(Vertx vertx) {
    ProviderContext context = new ProviderContext("", LIMIT, account);
    wire = new WireRig(vertx, options -> options.withContext(context));
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void kept_answer_stays_counted_however_it_comes() {
    wire.mock()
        .next(
            MockAnswer.json(LARGE),
            MockAnswer.pieces(LARGE, 100_000),
            MockAnswer.json(LARGE).gzipped());
    for (int i = 0; i < 3; i++) {
      kept.set(0);

      assertThat(body(TestCall.chat().answerBytes(caller))).isEqualTo(LARGE);

      assertThat(kept.get()).isBetween((long) LARGE.length(), 2L * LARGE.length());
      assertThat(account.held(BufferedKind.ANSWERS)).isEqualTo(kept.get());
      account.release(BufferedKind.ANSWERS, kept.get());
      assertThat(account.held()).isZero();
    }
  }

  @Test
  void answer_that_nobody_keeps_is_given_back() {
    wire.mock().next(MockAnswer.json(LARGE), MockAnswer.json(LARGE).gzipped());
    for (int i = 0; i < 2; i++) {
      assertThat(body(TestCall.chat())).isEqualTo(LARGE);

      await().until(() -> account.held() == 0);
    }
  }

  @Test
  void answer_of_no_use_is_given_back_and_not_kept() {
    wire.mock()
        .next(
            MockAnswer.json("[" + LARGE),
            MockAnswer.pieces(LARGE, 100_000).cutAfter(500_000).thenReset(),
            MockAnswer.json(500, LARGE));
    for (int i = 0; i < 3; i++) {
      wire.failure(TestCall.chat().answerBytes(caller));

      await().until(() -> account.held() == 0);
    }
    assertThat(kept.get()).isZero();
    assertThat(account.byKind().values()).containsOnly(0L);
  }

  @Test
  void answer_that_is_too_large_once_it_is_unpacked_has_no_room() {
    account.take(BufferedKind.REQUESTS, LIMIT - LIMIT / 8 - 600_000, 0);
    wire.mock().next(MockAnswer.json(LARGE).gzipped());

    assertThat(wire.failure(TestCall.chat().answerBytes(caller)).kind())
        .isEqualTo(FailureClass.LOCAL_SHORTAGE);

    await().until(() -> account.held(BufferedKind.ANSWERS) == 0);
    assertThat(kept.get()).isZero();
  }

  @Test
  void whole_answer_that_becomes_a_stream_counts_as_one() {
    wire.mock().next(MockAnswer.json(LARGE));

    StreamProbe stream = wire.rig().streamed(TestCall.stream().answerBytes(caller));

    assertThat(account.held(BufferedKind.ANSWERS)).isZero();
    assertThat(account.held(BufferedKind.STREAMS)).isGreaterThan(1 << 20);
    assertThat(account.held()).isEqualTo(account.held(BufferedKind.STREAMS));
    assertThat(stream.toEnd().failure()).isNull();
    await().until(() -> account.held() == 0);
    assertThat(kept.get()).isZero();
    assertThat(account.byKind().values()).containsOnly(0L);
  }

  private String body(TestCall call) {
    return wire.rig().whole(call).body().toString();
  }
}
