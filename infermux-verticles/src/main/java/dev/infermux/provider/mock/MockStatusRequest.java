package dev.infermux.provider.mock;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.script.MockOutcome;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import dev.infermux.mock.script.MockOutcome.Refuses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A health check of a mock: of its answer the status is all that matters. */
final class MockStatusRequest {

  private final MockEnvironment environment;
  private final ResponsePlan plan;
  private final Cancellation cancellation;
  private final ResettableTimer step;
  private final Promise<Void> passed = Promise.promise();
  private @Nullable Registration registration;
  private boolean decided;

  MockStatusRequest(MockEnvironment environment, ResponsePlan plan, Cancellation cancellation) {
    this.environment = environment;
    this.plan = plan;
    this.cancellation = cancellation;
    this.step = environment.timer();
  }

  Future<Void> begin() {
    environment.loop().run(this::start);
    return passed.future();
  }

  private void start() {
    registration = cancellation.onCancel(() -> environment.loop().run(this::cancelled));
    Duration wait = plan.headWait();
    if (wait.isZero()) {
      answer();
    } else if (!decided) {
      step.set(wait, this::answer);
    }
  }

  private void answer() {
    MockOutcome outcome = plan.behaviour().outcome();
    if (outcome instanceof Breaks breaks && breaks.beforeHead()) {
      if (breaks.how() != How.SILENCE) {
        decide(environment.failures().lost("connection closed before the answer was complete"));
      }
    } else if (outcome instanceof Refuses refuses) {
      decide(judged(refuses.status()));
    } else {
      decide(null);
    }
  }

  /** As a list of models that is answered so; servers without such a list are well. */
  private @Nullable Failure judged(int status) {
    if (status == 404 || status == 405) {
      return null;
    }
    FailureClass kind =
        switch (status) {
          case 401, 403 -> FailureClass.UNAUTHORIZED;
          case 429 -> FailureClass.RATE_LIMITED;
          default -> status < 400 ? FailureClass.MALFORMED : FailureClass.SERVER_ERROR;
        };
    return new UpstreamError(
        kind, status, environment.failures().named("answered " + status), null);
  }

  private void cancelled() {
    decide(environment.failures().cancelled());
  }

  private void decide(@Nullable Failure failure) {
    if (decided) {
      return;
    }
    decided = true;
    step.stop();
    if (registration != null) {
      registration.remove();
    }
    if (failure == null) {
      passed.complete();
    } else {
      passed.fail(new InferenceException(failure));
    }
  }
}
