package dev.infermux.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usd;
import dev.infermux.testing.TestCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever step of a call throws, whatever it throws: the call ends, its caller is told, and all
 * that was held for it is given back.
 */
@ExtendWith(VertxExtension.class)
final class ErrorsEverywhereTest {

  private static final String WHOLE =
      "{\"model\":\"m\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = "{\"stream\":true," + WHOLE.substring(1);

  static Stream<Arguments> steps() {
    List<Arguments> all = new ArrayList<>();
    for (Bomb.Step step : Bomb.Step.values()) {
      for (boolean stream : new boolean[] {false, true}) {
        all.add(Arguments.of(step, stream));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void nothing_is_left(Bomb.Step step, boolean stream, Vertx vertx) {
    for (Error error : Bomb.errors()) {
      Bomb bomb = new Bomb();
      BombedRouter router = new BombedRouter(vertx, bomb);
      bomb.arm(step, error);

      String end = end(router.run(call(stream, bomb)), bomb);
      bomb.disarm();

      assertThat(end).as(bomb.toString()).isNotEqualTo("open");
      if (bomb.fired() && step.costsTheAnswer()) {
        assertThat(end).as(bomb.toString()).isEqualTo("internal");
      }
      assertThat(router.inFlight()).as("in flight, " + bomb).isZero();
      assertThat(router.inFlightAtProvider()).as("at the provider, " + bomb).isZero();
      assertThat(router.held()).as("held, " + bomb).isEqualTo(Usd.ZERO);
      // One at once: whoever still has a place shuts this one out.
      router.close();
      assertThat(end(router.run(call(false, bomb)), bomb)).as("after " + bomb).isEqualTo("whole");
    }
  }

  private static dev.infermux.inference.Call call(boolean stream, Bomb bomb) {
    AnswerBytes bytes =
        new AnswerBytes() {
          @Override
          public boolean keep(long kept) {
            return true;
          }

          @Override
          public boolean holds(long held) {
            bomb.at(Bomb.Step.HOLD);
            return true;
          }
        };
    return TestCall.of(Operation.CHAT, stream ? STREAM : WHOLE).answerBytes(bytes).call();
  }

  /** How a call ends for its caller. */
  private static String end(Future<Answer> answer, Bomb bomb) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(answer::isComplete);
    if (answer.failed()) {
      return InferenceException.failureOf(answer.cause()).code();
    }
    if (!answer.result().streams()) {
      return "whole";
    }
    List<String> ends = new ArrayList<>();
    answer
        .result()
        .events()
        .exceptionHandler(cause -> ends.add(InferenceException.failureOf(cause).code()))
        .endHandler(ended -> ends.add("whole"))
        .handler(events -> bomb.at(Bomb.Step.READER))
        .resume();
    return ends.isEmpty() ? "open" : ends.get(0);
  }
}
