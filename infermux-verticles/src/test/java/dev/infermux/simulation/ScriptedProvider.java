package dev.infermux.simulation;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.spi.Provider;
import dev.infermux.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A model API that behaves as its script says, in virtual time. */
final class ScriptedProvider implements Provider {

  private static final Duration TO_FAIL = Duration.ofMillis(30);

  /** The provider's {@code timeout} in the configuration. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int MINUTE_MILLIS = 60_000;
  private static final Buffer BODY = Buffer.buffer("{}");

  private final Script script;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final ProviderFacts facts;
  private long minute;
  private int calls;

  ScriptedProvider(Script script, VirtualTime time, SplittableRandom random, ProviderFacts facts) {
    this.facts = facts;
    this.script = script;
    this.time = time;
    this.random = random;
  }

  /**
   * What comes back.
   *
   * @param after how long it takes
   * @param failure null for a good answer
   */
  private record Reply(Duration after, @Nullable Failure failure) {}

  @Override
  public Future<Answer> call(Attempt attempt) {
    Promise<Answer> answer = Promise.promise();
    Registration registration =
        attempt
            .cancellation()
            .onCancel(() -> answer.tryFail(failed(new Failure.Cancelled("the caller left"))));
    Failure fact = facts.said(script.name(), attempt, time.elapsed());
    Reply reply = fact == null ? reply(time.elapsed()) : new Reply(TO_FAIL, fact);
    Failure failure = reply.failure();
    time.after(
        reply.after(),
        () -> {
          if (failure == null) {
            answer.tryComplete(whole(attempt));
          } else {
            answer.tryFail(failed(failure));
          }
        });
    return answer.future().onComplete(ended -> registration.remove());
  }

  private Reply reply(Duration moment) {
    if (script.down().test(moment)) {
      return script.failure() == FailureClass.SILENCE
          ? new Reply(TIMEOUT, new Failure.UpstreamTimeout("no answer"))
          : new Reply(TO_FAIL, new Failure.UpstreamError(script.failure(), 503, "down", null));
    }
    if (overLimit(moment)) {
      Duration rest = Duration.ofMillis(MINUTE_MILLIS - moment.toMillis() % MINUTE_MILLIS);
      return new Reply(
          TO_FAIL, new Failure.UpstreamError(FailureClass.RATE_LIMITED, 429, "slow down", rest));
    }
    double factor = 0.7 + 0.6 * random.nextDouble();
    return new Reply(Duration.ofNanos((long) (script.latency().toNanos() * factor)), null);
  }

  private boolean overLimit(Duration moment) {
    long now = moment.toMillis() / MINUTE_MILLIS;
    calls = now == minute ? calls + 1 : 1;
    minute = now;
    return calls > script.perMinute();
  }

  private static Answer whole(Attempt attempt) {
    SimulatedBody asked = (SimulatedBody) attempt.call().body();
    Usage usage = Usage.reported(asked.promptTokens(), asked.completionTokens());
    return Answer.whole(
        BODY, End.whole(attempt.model(), usage, "stop", 4 * asked.completionTokens()));
  }

  private static InferenceException failed(Failure failure) {
    return new InferenceException(failure);
  }
}
