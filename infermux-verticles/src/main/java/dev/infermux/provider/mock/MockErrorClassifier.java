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

  private static final int BAD_REQUEST = 400;

  /** On a request that no plan has been asked about. */
  static Failure refused(MockEnvironment surroundings, Attempt attempt, ProviderError said) {
    return classified(surroundings, attempt, BAD_REQUEST, said, RetryAdvice.NONE);
  }

  Failure refused(Refuses refuses) {
    ProviderError said = said(refuses.status() < 500 ? "invalid_request_error" : "server_error");
    return classified(refuses.status(), said, new RetryAdvice(refuses.retryAfter(), null));
  }

  /** On an error inside a 200, which names itself alone. */
  Failure reported() {
    ProviderError said = said("");
    return classified(said.impliedStatus(), said, RetryAdvice.NONE);
  }

  private Failure classified(int status, ProviderError said, RetryAdvice advice) {
    return classified(surroundings, attempt, status, said, advice);
  }

  private static Failure classified(
      MockEnvironment surroundings,
      Attempt attempt,
      int status,
      ProviderError said,
      RetryAdvice advice) {
    return new UpstreamErrorClassifier(surroundings.failures(), surroundings.options().apiKey())
        .classify(attempt, status, said, advice);
  }

  /** In the words of a mock that is called over a socket. */
  private ProviderError said(String type) {
    return new ProviderError(score.errorMessage(), score.errorCode(), type, null, 0);
  }
}
