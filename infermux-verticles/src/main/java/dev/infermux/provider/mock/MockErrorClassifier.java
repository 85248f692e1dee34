package dev.infermux.provider.mock;

import dev.infermux.dialect.ProviderError;
import dev.infermux.dialect.RetryAdvice;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.mock.ResponsePlan;
import dev.infermux.mock.script.MockOutcome.Refuses;

/** What a mock's errors mean: the same as those that come over a network. */
record MockErrorClassifier(MockEnvironment surroundings, Attempt attempt, ResponsePlan score) {

  Failure refused(Refuses refuses) {
    return classified(refuses.status(), new RetryAdvice(refuses.retryAfter(), null));
  }

  /** On an error inside a 200, which names itself alone. */
  Failure reported() {
    return classified(said().impliedStatus(), RetryAdvice.NONE);
  }

  private Failure classified(int status, RetryAdvice advice) {
    return new UpstreamErrorClassifier(surroundings.failures(), surroundings.options().apiKey())
        .classify(attempt, status, said(), advice);
  }

  private ProviderError said() {
    return new ProviderError(score.errorMessage(), score.errorCode(), "", null, 0);
  }
}
