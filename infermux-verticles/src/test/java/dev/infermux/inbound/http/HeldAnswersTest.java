package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.End;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole answer that is counted when it comes stays counted, once, until its caller has it. */
@ExtendWith(VertxExtension.class)
class HeldAnswersTest {

  private static final int MB = 1 << 20;

  /** Sockets take some 6 MB of it; the rest and another one are more than there may be. */
  private static final int LARGE = 12 * MB;

  private static final String HI = Texts.chat("m", "Hi");

  private final BufferedBytes account = new BufferedBytes(16L * MB);
  private volatile Function<Call, Future<Answer>> router = call -> counted(call, LARGE);
  private int port;

  @BeforeEach
  void open(Vertx vertx) {
    AnswerFormat format =
        AnswerFormat.of(Answer::bytes, (requestId, servedBy) -> StreamTranslation.NONE);
    port = OneRouteApi.listen(vertx, account, call -> router.apply(call), format);
  }

  /** An answer as a provider's side hands it over. */
  private Future<Answer> counted(Call call, int bytes) {
    assertThat(account.take(BufferedKind.ANSWERS, bytes, 0)).isTrue();
    if (!call.answerBytes().keep(bytes)) {
      account.release(BufferedKind.ANSWERS, bytes);
    }
    return uncounted(bytes);
  }

  private static Future<Answer> uncounted(int bytes) {
    return Future.succeededFuture(
        Answer.whole(Buffer.buffer(new byte[bytes]), End.whole("m", null, "stop", 2)));
  }

  @Test
  void unread_answer_is_counted_once_and_a_second_one_has_no_room() throws Exception {
    try (Wire first = unread()) {
      first.readUntil("\r\n\r\n");

      assertThat(account.held(BufferedKind.ANSWERS)).isBetween(3L * MB, (long) LARGE);
      assertThat(account.take(BufferedKind.ANSWERS, LARGE, 0)).isFalse();
    }
    nothingIsHeld();
  }

  @Test
  void answer_that_is_read_is_given_back_as_it_is_written() throws Exception {
    try (Wire wire = Wire.connect(port)) {
      for (int i = 0; i < 3; i++) {
        assertThat(wire.post(OneRouteApi.PATH, HI).body()).hasSize(LARGE);
      }
    }
    nothingIsHeld();
  }

  @Test
  void small_answer_is_given_back_too() throws Exception {
    router = call -> counted(call, 100);
    try (Wire wire = Wire.connect(port)) {
      assertThat(wire.post(OneRouteApi.PATH, HI).body()).hasSize(100);
    }
    nothingIsHeld();
  }

  @Test
  void answer_that_nobody_has_counted_is_refused_where_there_is_no_room() throws Exception {
    router = call -> uncounted(LARGE);
    try (Wire first = unread()) {
      first.readUntil("\r\n\r\n");
      assertThat(account.held(BufferedKind.ANSWERS)).isBetween(3L * MB, (long) LARGE);
      try (Wire second = Wire.connect(port)) {
        WireAnswer refused = second.post(OneRouteApi.PATH, HI);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("overloaded", "limits.max_buffered_bytes");

        router = call -> uncounted(60_000);
        assertThat(second.post(OneRouteApi.PATH, HI).body()).hasSize(60_000);
      }
    }
    nothingIsHeld();
  }

  @Test
  void answer_that_comes_after_its_caller_has_left_is_not_kept() throws Exception {
    CompletableFuture<Call> asked = new CompletableFuture<>();
    Promise<Answer> answer = Promise.promise();
    router =
        call -> {
          asked.complete(call);
          return answer.future();
        };
    CompletableFuture<Void> left = new CompletableFuture<>();
    Wire wire = unread();
    asked.get(20, TimeUnit.SECONDS).cancellation().onCancel(() -> left.complete(null));
    wire.close();
    left.get(20, TimeUnit.SECONDS);
    await().until(() -> account.held() == 0);

    counted(asked.get(), MB).onComplete(answer);

    nothingIsHeld();
  }

  private Wire unread() {
    return Wire.connect(port, 16 * 1024).request("POST", OneRouteApi.PATH, HI);
  }

  private void nothingIsHeld() {
    await().untilAsserted(() -> assertThat(account.byKind().values()).containsOnly(0L));
    assertThat(account.held()).isZero();
  }
}
