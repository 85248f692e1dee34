package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ProviderFailures.Limit;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.mock.FixedAnswer;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.http.MockAnswerListener.State;
import dev.infermux.mock.script.MockOutcome;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.Refuses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt at a mock, up to its whole answer, its stream's first event, or its failure. */
final class MockAttempt {

  private static final String LOST = "connection closed before the answer was complete";

  private final MockEnvironment environment;
  private final Attempt attempt;
  private final ResponsePlan plan;
  private final MockRequest seen;
  private final @Nullable FixedAnswer fixed;
  private final MockErrorClassifier errors;
  private final Promise<Answer> answer = Promise.promise();

  /** Rings when the mock does something. */
  private final ResettableTimer step;

  private final ResettableTimer headLimit;
  private final ResettableTimer firstTokenLimit;
  private @Nullable Registration registration;
  private @Nullable MockStream stream;
  private boolean decided;

  /**
   * @param fixed the whole answer where the plan does not write one
   */
  MockAttempt(
      MockEnvironment environment,
      Attempt attempt,
      ResponsePlan plan,
      MockRequest seen,
      @Nullable FixedAnswer fixed) {
    this.fixed = fixed;
    this.environment = environment;
    this.attempt = attempt;
    this.plan = plan;
    this.seen = seen;
    this.errors = new MockErrorClassifier(environment, attempt, plan);
    this.step = environment.timer();
    this.headLimit = environment.timer();
    this.firstTokenLimit = environment.timer();
  }

  Future<Answer> begin() {
    environment.loop().run(this::start);
    return answer.future();
  }

  private void start() {
    registration = attempt.cancellation().onCancel(() -> environment.loop().run(this::cancelled));
    if (decided) {
      return;
    }
    boolean streamed = plan.call().stream();
    limitHead();
    Duration first = environment.options().firstTokenTimeout();
    if (streamed && first != null) {
      firstTokenLimit.set(first, () -> silent(Limit.FIRST_TOKEN, first));
    }
    MockOutcome outcome = plan.behaviour().outcome();
    boolean never = outcome instanceof Breaks breaks && breaks.beforeHead();
    boolean early =
        never || outcome instanceof Refuses || (streamed && outcome instanceof MockOutcome.Garbage);
    if (early || !streamed) {
      after(early ? plan.headWait() : plan.wholeWait(), () -> finish(outcome));
    } else {
      after(plan.headWait(), this::stream);
    }
  }

  private void limitHead() {
    Duration limit = environment.options().timeout();
    headLimit.set(limit, () -> silent(Limit.ANSWER, limit));
  }

  private void after(Duration wait, Runnable then) {
    if (wait.isZero()) {
      then.run();
    } else {
      step.set(wait, then);
    }
  }

  /** The answer is whole now, or it never will be. */
  private void finish(MockOutcome outcome) {
    if (outcome instanceof Refuses refuses) {
      seen.sent(plan.errorBody().length());
      fail(errors.refused(refuses));
    } else if (outcome instanceof MockOutcome.Garbage) {
      seen.sent(1);
      fail(failures().malformed(200, "an answer that is not JSON"));
    } else if (outcome instanceof Breaks breaks) {
      broken(breaks);
    } else {
      whole();
    }
  }

  private void whole() {
    Answer given = fixed == null ? planned() : relayed(fixed);
    seen.sent(given.bytes().length());
    decide();
    letGo(State.ANSWERED);
    answer.complete(given);
  }

  private Answer planned() {
    return Answer.whole(
        Buffer.buffer(plan.body().getBytes(StandardCharsets.UTF_8)),
        End.whole(
            plan.call().model(),
            plan.usage(),
            plan.call().operation() == Operation.EMBEDDINGS ? null : plan.finishReason(),
            plan.characters()));
  }

  private Answer relayed(FixedAnswer given) {
    Answer whole =
        Answer.whole(given.body(), End.whole(plan.call().model(), given.usage(), null, 0));
    return given.isJson() ? whole : whole.ofType(given.mediaType());
  }

  private void broken(Breaks breaks) {
    switch (breaks.how()) {
      case CUT, RESET -> lost();
      case ERROR -> reported();
      case SILENCE -> {
        if (!breaks.beforeHead()) {
          // A body has the provider's timeout once more, from its head on.
          limitHead();
        }
      }
    }
  }

  private void stream() {
    headLimit.stop();
    MockStream begun = new MockStream(this, environment, plan, seen);
    stream = begun;
    begun.run();
  }

  /** The stream's first event is there: from here on it speaks for itself. */
  void started(MockStream started) {
    decide();
    answer.complete(Answer.streamed(plan.call().model(), started));
  }

  /** The connection is gone before anything came. */
  void lost() {
    fail(failures().lost(LOST));
  }

  /** An error came instead of an answer. */
  void reported() {
    fail(errors.reported());
  }

  MockErrorClassifier errors() {
    return errors;
  }

  void silent(Limit awaited, Duration limit) {
    seen.end(State.ABANDONED);
    fail(failures().silent(awaited, limit));
  }

  private void cancelled() {
    if (stream != null) {
      stream.cancel();
    } else {
      abandon();
    }
  }

  /** The caller left before there was an answer. */
  void abandon() {
    seen.end(State.ABANDONED);
    fail(failures().cancelled());
  }

  private void fail(Failure failure) {
    if (decided) {
      return;
    }
    decide();
    if (stream != null) {
      stream.stop();
    }
    letGo(State.ANSWERED);
    answer.fail(new InferenceException(failure));
  }

  private void decide() {
    decided = true;
    step.stop();
    headLimit.stop();
    firstTokenLimit.stop();
  }

  /** Forgets the caller: nothing is left to cancel. */
  void letGo(State how) {
    seen.end(how);
    if (registration != null) {
      registration.remove();
    }
  }

  private ProviderFailures failures() {
    return environment.failures();
  }
}
